package coop.vigie.text;

import coop.vigie.notice.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds dates in running text, and the one of them until which a call is open.
 *
 * <p>A date is a deadline only if words near it say so. The strongest words win ("extended to", then "closing date", then
 * "until" beside a word such as "apply"); if dates of equal strength disagree, the earliest that still lies ahead is taken
 * and marked doubtful.
 */
public final class DeadlineFinder {

    private static final int QUOTE_LENGTH = 200;
    private static final Pattern MONTH_ALONE = Pattern.compile(
            "[\\s:\\-|(,]{0,4}(?:(?:le|the|op|on|am|fin|mi|debut|eind|einde|begin|half"
                    + "|end of|mid|late|early|ende|mitte|courant|in|en|au|de)[\\s\\-]){0,3}\\p{L}{3,10}\\.?\\s(?:20\\d\\d)\\b");

    private DeadlineFinder() {}

    /**
     * The deadline that the text states, or {@link Deadline#UNKNOWN}.
     *
     * @param reference when the text was published; null if nobody knows (then dates without a year are left out)
     * @param zone of times without one
     * @param language ISO 639-1 code if known; today all four languages are read alike, since pages mix them
     */
    public static Deadline find(String text, @Nullable Instant reference, ZoneId zone, @Nullable String language) {
        String folded = Folded.of(text);
        LocalDate today = reference == null ? null : LocalDate.ofInstant(reference, zone);
        List<FoundDate> dates = DateScanner.scan(text, folded, today, false);
        var sentences = new Sentences(folded, dates);
        List<Candidate> candidates = candidates(folded, dates, sentences);
        if (candidates.isEmpty()) {
            Deadline rolling = rolling(text, folded, sentences);
            return rolling != null ? rolling : monthOnly(text, folded, sentences, dates);
        }
        return choose(text, sentences, candidates, today, zone);
    }

    /**
     * All dates in the text, in order; see {@link #find} for the parameters. Among them is what {@code find} takes no notice of:
     * feasts with their year that may be part of a name ("marché de Noël 2027"), days counted from the reference ("tomorrow"), and
     * periods with their year ("4th quarter 2027"), which are ranges.
     */
    public static List<FoundDate> dates(
            String text, @Nullable Instant reference, ZoneId zone, @Nullable String language) {
        LocalDate today = reference == null ? null : LocalDate.ofInstant(reference, zone);
        return List.copyOf(DateScanner.scan(text, Folded.of(text), today, true));
    }

    /** A date with the words that make it a deadline: from {@code start} to {@code end} in the text. */
    private record Candidate(FoundDate date, int strength, int start, int end) {}

    private static final Pattern OTHER_CLOCK = Pattern.compile(
            "[\\s,(]{0,3}(?:(?!Brussels|Belgian|Central European)\\p{Lu}\\p{L}{1,20}(?: \\p{Lu}\\p{L}{1,20})? (?:local )?time\\b"
                    + "|local time\\b|AoE\\b|[Aa]nywhere on [Ee]arth|(?:EST|EDT|CST|PST|PDT|BST|WET|WEST|EET|EEST)\\b"
                    + "|(?:heure|(?<=heure)) ?(?:locale|de (?!Bruxelles|Paris|Belgique)\\p{Lu}))");

    private static List<Candidate> candidates(String folded, List<FoundDate> dates, Sentences sentences) {
        var candidates = new ArrayList<Candidate>();
        Candidate previous = null;
        FoundDate before = null;
        for (FoundDate date : dates) {
            Candidate candidate = new Cued(folded, sentences, before, date).judge();
            boolean listed = candidate == null
                    && previous != null
                    && before != null
                    && previous.date().equals(before)
                    && previous.strength() >= Cued.NAMED
                    && Cued.isListSeparator(folded.substring(before.end(), date.start()));
            if (listed && previous != null) {
                candidate = new Candidate(date, previous.strength(), previous.start(), date.end());
            }
            if (candidate != null) {
                candidates.add(candidate);
            }
            previous = candidate;
            before = date;
        }
        return candidates;
    }

    private static Deadline choose(
            String text, Sentences sentences, List<Candidate> candidates, @Nullable LocalDate today, ZoneId zone) {
        int strongest = candidates.stream().mapToInt(Candidate::strength).max().orElseThrow();
        List<Candidate> best = candidates.stream()
                .filter(candidate -> candidate.strength() == strongest)
                .toList();
        List<Candidate> dated = best.stream()
                .filter(candidate -> candidate.date().last() != null)
                .toList();
        if (dated.isEmpty()) {
            Candidate first = best.getFirst();
            return new Deadline.Unknown(snippet(text, sentences, first.start(), first.end()));
        }
        boolean disagree = dated.stream()
                                .map(candidate -> candidate.date().last())
                                .distinct()
                                .count()
                        > 1
                || dated.stream()
                                .map(candidate -> candidate.date().time())
                                .filter(Objects::nonNull)
                                .distinct()
                                .count()
                        > 1
                || best.size() > dated.size();
        Candidate chosen = dated.stream()
                .min(Comparator.comparing((Candidate candidate) ->
                                today != null && last(candidate).isBefore(today))
                        .thenComparing(DeadlineFinder::last)
                        .thenComparing(candidate -> candidate.date().time() == null))
                .orElseThrow();
        FoundDate date = chosen.date();
        return new Deadline.Dated(
                last(chosen),
                date.time(),
                date.zone() == null ? zone : date.zone(),
                Deadline.Origin.TEXT,
                snippet(text, sentences, chosen.start(), chosen.end()),
                date.doubtful() || disagree || isOdd(last(chosen), today) || isByAnotherClock(text, date, zone));
    }

    /** "17:00 London time" and "anywhere on Earth" are not read; nor is there half past two when the clocks go forward. */
    private static boolean isByAnotherClock(String text, FoundDate date, ZoneId zone) {
        if (date.zone() == null
                && OTHER_CLOCK
                        .matcher(text)
                        .useTransparentBounds(true)
                        .region(date.end(), text.length())
                        .lookingAt()) {
            return true;
        }
        LocalDate last = date.last();
        return last != null
                && date.time() != null
                && date.zone() == null
                && zone.getRules().getValidOffsets(last.atTime(date.time())).isEmpty();
    }

    private static LocalDate last(Candidate candidate) {
        return Objects.requireNonNull(candidate.date().last());
    }

    /** Long past when it was published, or years away. */
    private static boolean isOdd(LocalDate date, @Nullable LocalDate today) {
        return today == null
                ? date.getYear() > 2040 || date.getYear() < 2000
                : date.isBefore(today.minusDays(31)) || date.isAfter(today.plusYears(3));
    }

    private static @Nullable Deadline rolling(String text, String folded, Sentences sentences) {
        Matcher rolling = Cues.ROLLING.matcher(folded);
        if (rolling.find()) {
            return new Deadline.Rolling(Deadline.Origin.TEXT, snippet(text, sentences, rolling.start(), rolling.end()));
        }
        Matcher cue = Cues.STRONG.matcher(folded);
        while (cue.find()) {
            Matcher value = Cues.ROLLING_VALUE.matcher(folded).region(cue.end(), folded.length());
            if (value.lookingAt()) {
                return new Deadline.Rolling(Deadline.Origin.TEXT, snippet(text, sentences, cue.start(), value.end()));
            }
        }
        return null;
    }

    /** "Date limite : fin mars 2024" names no day, but somebody should look. */
    private static Deadline monthOnly(String text, String folded, Sentences sentences, List<FoundDate> dates) {
        Matcher cue = Cues.STRONG.matcher(folded);
        while (cue.find()) {
            Matcher month = MONTH_ALONE.matcher(folded).region(cue.end(), Math.min(folded.length(), cue.end() + 60));
            boolean dated = dates.stream().anyMatch(date -> date.start() >= cue.end() && date.start() < cue.end() + 60);
            if (!dated && month.lookingAt() && namesMonth(month.group())) {
                return new Deadline.Unknown(snippet(text, sentences, cue.start(), month.end()));
            }
        }
        return Deadline.UNKNOWN;
    }

    private static boolean namesMonth(String words) {
        return Token.of(words).stream().anyMatch(token -> CalendarWords.month(token.word()) > 0);
    }

    /** The words between, widened to the sentence they stand in if that is short; on one line. */
    private static String snippet(String text, Sentences sentences, int start, int end) {
        String sentence = CleanHtml.line(text.substring(sentences.startOf(start), sentences.endOf(end - 1)));
        String quote = sentence.length() <= QUOTE_LENGTH ? sentence : CleanHtml.line(text.substring(start, end));
        return quote.length() <= QUOTE_LENGTH ? quote : quote.substring(quote.length() - QUOTE_LENGTH);
    }

    /** One date and the words around it. */
    private record Cued(
            String folded, Sentences sentences, @Nullable FoundDate before, FoundDate date) {

        static final int MOVED = 5;
        static final int NAMED = 4;
        static final int CLOSING = 3;
        static final int UNTIL = 2;

        private static final int REACH = 140;
        private static final int NEAR = 45;

        static boolean isListSeparator(String between) {
            String words = between.strip();
            return words.length() <= 6
                    && words.matches("[,;/&|]?\\s{0,2}(?:et|en|ou|of|and|or|und|oder|le|op|on|&){0,2}");
        }

        @Nullable
        Candidate judge() {
            int sentence = Math.max(sentences.startOf(date.start()), date.start() - 2 * REACH);
            int from = Math.max(Math.max(sentence, date.start() - REACH), before == null ? 0 : before.end());
            Cue cue = nearest(from, startOfDay());
            if (cue == null && (before == null || before.end() <= sentence)) {
                cue = heading(sentence);
            }
            if (cue != null && !cue.forbids()) {
                return new Candidate(date, cue.strength(), cue.start(), date.end());
            }
            if (cue != null && date.kind() == FoundDate.Kind.RANGE && opens(cue)) {
                return period(sentence);
            }
            Matcher after = Cues.AFTER.matcher(folded).region(date.end(), Math.min(folded.length(), date.end() + 40));
            if (cue == null && after.lookingAt() && !found(Cues.OTHER, sentence, date.start())) {
                return new Candidate(date, CLOSING, date.start(), after.end());
            }
            return cue == null && date.kind() == FoundDate.Kind.RANGE ? period(sentence) : null;
        }

        /** In "à 17h au plus tard le 15 mars" the words that count stand behind the time. */
        private int startOfDay() {
            Cue inside = last(Cues.LATEST, date.start(), date.end(), CLOSING);
            return inside == null ? date.start() : inside.end();
        }

        private boolean opens(Cue cue) {
            return Cues.OPENS.matcher(folded).region(cue.start(), cue.end()).matches();
        }

        private record Cue(int start, int end, int strength) {
            boolean forbids() {
                return strength == 0;
            }
        }

        /** The cue that decides: the one nearest before the date; strength 0 if it says that this is no deadline. */
        private @Nullable Cue nearest(int from, int to) {
            Cue named = last(Cues.MOVED, from, to, MOVED);
            Cue strong = or(named, last(Cues.STRONG, from, to, NAMED));
            Cue closing = or(strong, last(Cues.CLOSING, from, to, CLOSING));
            Cue latest = or(closing, last(Cues.LATEST, from, to, CLOSING));
            Cue until = last(Cues.UNTIL, Math.max(from, to - NEAR), to, UNTIL);
            Cue not = last(Cues.NOT, from, to, 0);
            if (not != null
                    && (latest == null || not.start() >= latest.end())
                    && (until == null || not.start() >= until.end())) {
                return not;
            }
            if (latest != null && applies(latest, from, to)) {
                return latest;
            }
            if (until != null && (isAsked(until, from) || (latest != null && latest.strength() == NAMED))) {
                return isOther(until, from, to) ? new Cue(until.start(), until.end(), 0) : until;
            }
            return latest == null && until == null ? null : new Cue(to, to, 0);
        }

        private boolean applies(Cue cue, int from, int to) {
            if (cue.strength() == MOVED) {
                return true;
            }
            if (cue.strength() == NAMED) {
                // "Deadline for entries to the festival" is one; "deadline for questions about entries" is not.
                return !found(Cues.ENQUIRY, Math.max(from, cue.start() - NEAR), to)
                        && (!found(Cues.OTHER, cue.end(), to) || found(Cues.ACTION, cue.end(), to));
            }
            return !found(Cues.OTHER, cue.end(), to) && !isOther(cue, from, to) && (!isWeak(cue) || isAsked(cue, from));
        }

        /** "pour le" says "for the" more often than "by the", and what ends may be the project itself. */
        private boolean isWeak(Cue cue) {
            return Cues.WEAK.matcher(folded).region(cue.start(), cue.end()).matches();
        }

        /** True if something else than an application is the nearest thing spoken of. */
        private boolean isOther(Cue cue, int from, int to) {
            Cue other = last(Cues.OTHER, from, cue.start(), 0);
            Cue action = last(Cues.ACTION, from, cue.start(), 0);
            return found(Cues.OTHER, cue.end(), to)
                    || found(Cues.ENQUIRY, Math.max(from, cue.start() - NEAR), to)
                    || (other != null && (action == null || action.start() < other.start()));
        }

        /** True if an application is spoken of in this sentence, or shortly before, or the sentence says nothing else. */
        private boolean isAsked(Cue cue, int from) {
            int end = Math.min(sentences.endOf(date.end()), date.end() + REACH);
            int paragraph = Math.max(sentences.paragraphOf(cue.start()), cue.start() - REACH);
            boolean bare = folded.substring(sentences.startOf(date.start()), cue.start())
                            .isBlank()
                    && end - date.end() < 20;
            return bare
                    || found(Cues.ACTION, Math.min(from, paragraph), cue.start())
                    || found(Cues.ACTION, date.end(), end);
        }

        /** A strong cue alone on the line above, as in a table read as text. */
        private @Nullable Cue heading(int sentence) {
            if (sentence == 0 || folded.charAt(sentence - 1) != '\n' || date.start() - sentence > 30) {
                return null;
            }
            int end = sentence;
            while (end > 0 && Character.isWhitespace(folded.charAt(end - 1))) {
                end--;
            }
            int start = Math.max(folded.lastIndexOf('\n', Math.max(0, end - 1)) + 1, 0);
            if (end - start > 80 || end <= start || (before != null && before.end() > start)) {
                return null;
            }
            Cue cue = last(Cues.STRONG, start, end, NAMED);
            cue = or(cue, last(Cues.CLOSING, start, end, CLOSING));
            boolean other = found(Cues.OTHER, start, end)
                    || found(Cues.ENQUIRY, start, end)
                    || found(Cues.NOT, start, end)
                    || found(Cues.NOT, sentence, date.start());
            return other ? null : cue;
        }

        /** "Candidatures du 3 au 15 mars": the last day of a period in which one may apply. */
        private @Nullable Candidate period(int sentence) {
            boolean asked = found(Cues.ACTION, sentence, date.start()) && !found(Cues.OTHER, sentence, date.start());
            return asked ? new Candidate(date, UNTIL, sentence, date.end()) : null;
        }

        private boolean found(Pattern words, int from, int to) {
            return from < to && region(words, from, to).find();
        }

        private @Nullable Cue last(Pattern words, int from, int to, int strength) {
            Cue last = null;
            if (from < to) {
                Matcher matcher = region(words, from, to);
                while (matcher.find()) {
                    last = new Cue(matcher.start(), matcher.end(), strength);
                }
            }
            return last;
        }

        private Matcher region(Pattern words, int from, int to) {
            return words.matcher(folded).region(from, to).useTransparentBounds(true);
        }

        private static @Nullable Cue or(@Nullable Cue stronger, @Nullable Cue weaker) {
            return stronger == null ? weaker : stronger;
        }
    }
}
