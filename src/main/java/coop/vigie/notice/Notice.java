package coop.vigie.notice;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One publication of one source, as its parser read it. Built with {@link Builder}.
 *
 * @param title in the languages really submitted; never empty (a parser makes one up and warns)
 * @param text description as plain text; may be empty
 * @param buyer name of the body that publishes or pays; null if not stated
 * @param published null if not stated; midnight UTC of the date when only a date is known
 * @param stated a deadline that holds for the whole and is no lot's: from running text, by hand, rolling, or unknown
 * @param deadlines structured deadlines, per lot; empty if none
 * @param zone in which local dates and times of this notice are meant
 * @param places NUTS codes, distinct, in the publisher's order
 * @param cpv eight digits each, without check digit, distinct
 * @param value estimated value; null if not stated
 * @param submissionLanguages languages in which one may answer
 * @param url page for people; null if there is none
 * @param documents address of the tender documents; null if not stated
 * @param procedure key that joins the notices of one procedure over all sources (eForms BT-04), or the pages of one call in
 *     several languages ({@link #TRANSLATIONS}); null if none
 * @param references native ids, publication numbers or notice ids of earlier notices that this one is about
 * @param identifiers other names of this same notice (eForms notice id and version), by which others refer to it
 */
public record Notice(
        NoticeId id,
        Kind kind,
        Level level,
        Stage stage,
        LocalText title,
        LocalText text,
        @Nullable String buyer,
        @Nullable Instant published,
        Deadline stated,
        List<LotDeadline> deadlines,
        ZoneId zone,
        List<String> places,
        List<String> cpv,
        @Nullable Money value,
        List<String> submissionLanguages,
        @Nullable String url,
        @Nullable String documents,
        @Nullable String procedure,
        List<String> references,
        List<String> identifiers) {

    /** As {@code 123456-2026}. */
    private static final Pattern TED_NUMBER = Pattern.compile("\\d{1,8}-(?:19|20)\\d{2}");
    /** What {@link #procedure()} begins with where it joins the pages of one call that are translations of each other. */
    public static final String TRANSLATIONS = "translations:";

    public Notice {
        if (title.isEmpty()) {
            throw new IllegalArgumentException("notice " + id + " has no title");
        }
        deadlines = List.copyOf(deadlines);
        places = distinct(places);
        cpv = distinct(cpv);
        submissionLanguages = distinct(submissionLanguages);
        references = distinct(references);
        identifiers = distinct(identifiers);
    }

    /**
     * The one deadline that counts now: the earliest tender or request date still open, else the earliest interest (then
     * other) date still open; once all have passed, the last of them; without any date, what was stated.
     */
    public Deadline deadline(Instant now) {
        int relevant = relevantRank();
        LotDeadline chosen = null;
        Instant at = Instant.MIN;
        for (LotDeadline each : deadlines) {
            if (rank(each.role()) == relevant) {
                Instant instant = each.instant(zone);
                if (chosen == null || goesBefore(instant, at, now)) {
                    chosen = each;
                    at = instant;
                }
            }
        }
        if (chosen == null) {
            boolean nothingStated = stated instanceof Deadline.Unknown;
            return stage == Stage.FORECAST && nothingStated ? new Deadline.Forecast() : stated;
        }
        return new Deadline.Dated(chosen.date(), chosen.time(), zone, Deadline.Origin.FIELD, null, false);
    }

    /** What is open goes before what has passed; of what is open the earliest counts, of what has passed the last. */
    private static boolean goesBefore(Instant one, Instant other, Instant now) {
        boolean open = !now.isAfter(one);
        boolean otherOpen = !now.isAfter(other);
        if (open != otherOpen) {
            return open;
        }
        return open ? one.isBefore(other) : one.isAfter(other);
    }

    /** The last moment at which anything can still be handed in; null if no date is known. */
    public @Nullable Instant closes() {
        List<Instant> relevant = relevantInstants();
        if (!relevant.isEmpty()) {
            return relevant.getLast();
        }
        return stated instanceof Deadline.Dated dated ? dated.instant() : null;
    }

    /** The instants that decide when this call closes, ascending; empty when no structured deadline is there. */
    public List<Instant> relevantInstants() {
        int relevant = relevantRank();
        return deadlines.stream()
                .filter(deadline -> rank(deadline.role()) == relevant)
                .map(deadline -> deadline.instant(zone))
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The number under which an official journal published it, the same in every source; null if it has none: its own id
     * where that is one of its names, else the first of its names that is a number of TED.
     */
    public @Nullable String publication() {
        return identifiers.contains(id.nativeId())
                ? id.nativeId()
                : identifiers.stream()
                        .filter(name -> TED_NUMBER.matcher(name).matches())
                        .findFirst()
                        .orElse(null);
    }

    /** True if it is one of the pages in several languages that say the same. */
    public boolean hasTranslations() {
        return procedure != null && procedure.startsWith(TRANSLATIONS);
    }

    private int relevantRank() {
        int least = Integer.MAX_VALUE;
        for (LotDeadline each : deadlines) {
            least = Math.min(least, rank(each.role()));
        }
        return least;
    }

    private static int rank(LotDeadline.Role role) {
        return switch (role) {
            case TENDER, REQUEST -> 0;
            case INTEREST -> 1;
            case OTHER -> 2;
        };
    }

    private static List<String> distinct(Collection<String> values) {
        return List.copyOf(new LinkedHashSet<>(values));
    }

    public Builder toBuilder() {
        return toBuilder(id);
    }

    /** As {@link #toBuilder()}, for the same content under another id. */
    public Builder toBuilder(NoticeId otherId) {
        Builder builder = new Builder(otherId, zone);
        builder.kind = kind;
        builder.level = level;
        builder.stage = stage;
        builder.title = title;
        builder.text = text;
        builder.buyer = buyer;
        builder.published = published;
        builder.stated = stated;
        builder.deadlines.addAll(deadlines);
        builder.places.addAll(places);
        builder.cpv.addAll(cpv);
        builder.value = value;
        builder.submissionLanguages.addAll(submissionLanguages);
        builder.url = url;
        builder.documents = documents;
        builder.procedure = procedure;
        builder.references.addAll(references);
        builder.identifiers.addAll(identifiers);
        return builder;
    }

    /** Collects what a parser reads, field by field, in any order. Not thread-safe. */
    public static final class Builder {
        private final NoticeId id;
        private ZoneId zone;
        private Kind kind = Kind.CALL;
        private Level level = Level.PRIVATE;
        private Stage stage = Stage.COMPETITION;
        private LocalText title = LocalText.EMPTY;
        private LocalText text = LocalText.EMPTY;
        private @Nullable String buyer;
        private @Nullable Instant published;
        private Deadline stated = Deadline.UNKNOWN;
        private final List<LotDeadline> deadlines = new ArrayList<>();
        private final List<String> places = new ArrayList<>();
        private final List<String> cpv = new ArrayList<>();
        private @Nullable Money value;
        private final List<String> submissionLanguages = new ArrayList<>();
        private @Nullable String url;
        private @Nullable String documents;
        private @Nullable String procedure;
        private final List<String> references = new ArrayList<>();
        private final List<String> identifiers = new ArrayList<>();

        public Builder(NoticeId id, ZoneId zone) {
            this.id = id;
            this.zone = zone;
        }

        public Builder zone(ZoneId zone) {
            this.zone = zone;
            return this;
        }

        public Builder kind(Kind kind) {
            this.kind = kind;
            return this;
        }

        public Builder level(Level level) {
            this.level = level;
            return this;
        }

        public Builder stage(Stage stage) {
            this.stage = stage;
            return this;
        }

        public Builder title(LocalText title) {
            this.title = title;
            return this;
        }

        public Builder text(LocalText text) {
            this.text = text;
            return this;
        }

        public Builder buyer(@Nullable String buyer) {
            this.buyer = buyer;
            return this;
        }

        public Builder published(@Nullable Instant published) {
            this.published = published;
            return this;
        }

        public Builder stated(Deadline stated) {
            this.stated = stated;
            return this;
        }

        public Builder deadlines(Collection<LotDeadline> more) {
            deadlines.addAll(more);
            return this;
        }

        /** None of those that were given so far. */
        public Builder withoutDeadlines() {
            deadlines.clear();
            return this;
        }

        /** None of those that were given so far. */
        public Builder withoutPlaces() {
            places.clear();
            return this;
        }

        /** None of those that were given so far. */
        public Builder withoutCpv() {
            cpv.clear();
            return this;
        }

        /** None of those that were given so far. */
        public Builder withoutSubmissionLanguages() {
            submissionLanguages.clear();
            return this;
        }

        public Builder places(Collection<String> more) {
            places.addAll(more);
            return this;
        }

        public Builder cpv(Collection<String> more) {
            cpv.addAll(more);
            return this;
        }

        public Builder value(@Nullable Money value) {
            this.value = value;
            return this;
        }

        public Builder submissionLanguages(Collection<String> more) {
            submissionLanguages.addAll(more);
            return this;
        }

        public Builder url(@Nullable String url) {
            this.url = url;
            return this;
        }

        public Builder documents(@Nullable String documents) {
            this.documents = documents;
            return this;
        }

        public Builder procedure(@Nullable String procedure) {
            this.procedure = procedure;
            return this;
        }

        public Builder references(Collection<String> more) {
            references.addAll(more);
            return this;
        }

        public Builder identifiers(Collection<String> more) {
            identifiers.addAll(more);
            return this;
        }

        public Notice build() {
            return new Notice(
                    id,
                    kind,
                    level,
                    stage,
                    title,
                    text,
                    buyer,
                    published,
                    stated,
                    deadlines,
                    zone,
                    places,
                    cpv,
                    value,
                    submissionLanguages,
                    url,
                    documents,
                    procedure,
                    references,
                    identifiers);
        }
    }
}
