package coop.vigie.inbox;

import org.jspecify.annotations.Nullable;

/**
 * One recipient in a report.
 *
 * @param address in the spelling of the report; null if it names none
 * @param status enhanced code (RFC 3463), such as {@code 5.1.1}; null if there is none
 * @param action failed, delayed, delivered, relayed or expanded (RFC 3464, section 2.3.3); for a complaint, its type
 * @param verdict what that means for the address
 */
public record FailedRecipient(
        @Nullable String address, @Nullable String status, String action, Verdict verdict) {}
