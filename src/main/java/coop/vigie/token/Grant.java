package coop.vigie.token;

import coop.vigie.notice.EmailAddress;

/**
 * What somebody may do who shows a token.
 *
 * @param mail for whom it was made; who sends it does not matter, since mails are forwarded to other accounts
 * @param about see {@link Purpose}
 * @param state whether it still does anything
 */
public record Grant(Purpose purpose, EmailAddress mail, String about, State state) {

    /** Whether a token still does anything. */
    public enum State {
        VALID,
        USED,
        EXPIRED
    }

    public boolean isValid() {
        return state == State.VALID;
    }
}
