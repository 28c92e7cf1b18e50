package coop.vigie.curate;

import java.time.Instant;

/**
 * A call that somebody signals.
 *
 * @param who mail address
 * @param url of the call, http or https
 * @param title may be empty, and so may {@code note}
 */
public record Suggestion(long id, Instant at, String who, String url, String title, String note) {}
