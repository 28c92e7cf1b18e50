package coop.vigie.token;

import java.util.Locale;

/** What a token allows. */
public enum Purpose {
    /** To agree to a group's mails. About: the ids of the groups, with commas. Works once. */
    CONFIRM,
    /** To mark the calls of an edition, and to leave. About: the edition's id. Works as often as its holder likes. */
    READER,
    /** To choose for a group: pick, hide, note. About: the edition's id. */
    CURATOR;

    /** The name in the database. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Purpose ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
