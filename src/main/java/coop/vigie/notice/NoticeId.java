package coop.vigie.notice;

import java.util.Optional;

/** Identity of a notice, written {@code source:nativeId}. The native id is whatever the publisher calls it, never empty. */
public record NoticeId(SourceId source, String nativeId) implements Comparable<NoticeId> {

    public NoticeId {
        if (nativeId.isBlank()) {
            throw new IllegalArgumentException("a notice of source '" + source + "' has an empty native id");
        }
    }

    /** Reads {@code source:nativeId}; the native id may hold colons itself. Empty if it has not that form. */
    public static Optional<NoticeId> parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0
                || colon == text.length() - 1
                || text.substring(colon + 1).isBlank()) {
            return Optional.empty();
        }
        String source = text.substring(0, colon);
        return SourceId.isValid(source)
                ? Optional.of(new NoticeId(new SourceId(source), text.substring(colon + 1)))
                : Optional.empty();
    }

    @Override
    public int compareTo(NoticeId other) {
        int bySource = source.compareTo(other.source);
        return bySource != 0 ? bySource : nativeId.compareTo(other.nativeId);
    }

    @Override
    public String toString() {
        return source + ":" + nativeId;
    }
}
