package coop.vigie.curate;

import coop.vigie.notice.LocalText;

/**
 * What one group makes of one call.
 *
 * @param note the coordinator's words, one line in each language; empty for none
 * @param hidden true if the group does not want to be told of it
 */
public record Choice(boolean picked, LocalText note, boolean hidden) {

    public static final Choice NONE = new Choice(false, LocalText.EMPTY, false);

    public Choice picking(boolean other) {
        return new Choice(other, note, hidden);
    }

    public Choice noting(LocalText other) {
        return new Choice(picked, other, hidden);
    }

    public Choice hiding(boolean other) {
        return new Choice(picked, note, other);
    }

    /** Of two calls that turned out to be one. */
    public Choice and(Choice other) {
        return new Choice(picked || other.picked, note.isEmpty() ? other.note : note, hidden || other.hidden);
    }
}
