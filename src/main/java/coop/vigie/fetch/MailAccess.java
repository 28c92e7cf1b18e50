package coop.vigie.fetch;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a mailbox is read.
 *
 * @param login null for a server that wants none
 * @param plain true if {@code imap:} goes without STARTTLS; {@code imaps:} is always encrypted
 * @param marksRead true if mails that were read here are to look read; else the folder is opened for reading only
 * @param since older mails are left alone when the folder is read for the first time
 */
public record MailAccess(@Nullable MailLogin login, boolean plain, boolean marksRead, LocalDate since) {}
