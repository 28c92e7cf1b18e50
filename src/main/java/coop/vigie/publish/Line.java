package coop.vigie.publish;

import coop.vigie.notice.Call;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.VigieException;
import coop.vigie.store.CallJson;
import coop.vigie.store.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One line of a published file: a call as JSON, its id first; or, as {@code {"gone":id}}, that a call is no longer among the open
 * ones although an earlier file says so.
 */
final class Line {

    /** In UTF-16 units: a text of the longest kind in each language of the Union, and more. */
    private static final int LONGEST = 8_000_000;

    private static final int LONGEST_ID = 2_000;
    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_NAME = 20_000;
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2300-01-01T00:00:00Z");

    private static final String ID = "{\"id\":";
    private static final String GONE = "{\"gone\":";

    /** Also as it stands in an address. An escape of JSON is taken first, lest its letter pass for one of the address. */
    private static final Pattern MAIL =
            Pattern.compile("\\\\.|[A-Za-z0-9.!#$%'*+^_`{|}~-]+?(?:@|＠|%(?:25)*40)[A-Za-z0-9.-]+");

    private static final Pattern AT = Pattern.compile("[@＠]|%(?:25)*40");

    private Line() {}

    /** True if the id, which tells a call from all others and so cannot be changed, holds the address of a member. */
    static boolean namesSomebody(Call call, Set<String> members) {
        return call.ids().stream()
                .map(NoticeId::toString)
                .anyMatch(id -> AT.matcher(id).find() && members.stream().anyMatch(plain(id)::contains));
    }

    private static String plain(String written) {
        return AT.matcher(written.toLowerCase(Locale.ROOT)).replaceAll("@");
    }

    /** @param members mail addresses in lower case, which nobody is to see */
    static String of(Call call, Set<String> members) {
        String json = Json.write(call);
        return members.isEmpty() || !AT.matcher(json).find()
                ? json
                : MAIL.matcher(json).replaceAll(found -> Matcher.quoteReplacement(without(found.group(), members)));
    }

    /** What stands right before an address, such as {@code ?mail=}, may have been taken for a part of it. */
    private static String without(String found, Set<String> members) {
        String mail = plain(found);
        // Of an address with a sign that stands in links, too, such as "=", only the end was taken.
        return members.stream()
                        .anyMatch(member ->
                                mail.contains(member) || (AT.matcher(mail).find() && member.endsWith(mail)))
                ? "…"
                : found;
    }

    static String gone(String id) {
        return GONE + Json.write(id) + "}";
    }

    /** The call that a line is about, without reading the rest; null if it is no such line. */
    static @Nullable String id(String line) {
        boolean gone = isGone(line);
        if (!gone && !line.startsWith(ID)) {
            return null;
        }
        int start = gone ? GONE.length() : ID.length();
        int end = start + 1;
        while (end < line.length() && line.charAt(end) != '"') {
            end += line.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= line.length() || line.charAt(start) != '"') {
            return null;
        }
        String id = line.substring(start + 1, end);
        if (id.indexOf('\\') < 0) {
            return id;
        }
        try {
            return Json.read('"' + id + '"', String.class);
        } catch (VigieException broken) {
            return null;
        }
    }

    static boolean isGone(String line) {
        return line.startsWith(GONE);
    }

    /**
     * The call, if it is one that we could have written: what comes from outside gets no say in how long a name, how far a date or
     * how large a number may be, and its links lead to web pages only.
     */
    static Optional<Call> call(String line) {
        if (line.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Call call = CallJson.read(line);
            return isPlausible(call) ? Optional.of(withWebLinks(call)) : Optional.empty();
        } catch (VigieException | DateTimeException | ArithmeticException broken) {
            return Optional.empty();
        }
    }

    private static boolean isPlausible(Call call) {
        Notice facts = call.facts();
        return Stream.concat(call.ids().stream(), Stream.of(facts.id()))
                        .map(NoticeId::toString)
                        .allMatch(id -> id.length() <= LONGEST_ID && id.chars().noneMatch(Character::isISOControl))
                && Stream.of(
                                facts.places(),
                                facts.cpv(),
                                facts.submissionLanguages(),
                                facts.title().byLanguage().keySet(),
                                facts.text().byLanguage().keySet())
                        .flatMap(Collection::stream)
                        .allMatch(code -> code.length() <= LONGEST_CODE)
                && Stream.concat(facts.title().byLanguage().values().stream(), Stream.ofNullable(facts.buyer()))
                        .allMatch(name -> name.length() <= LONGEST_NAME)
                && Stream.of(call.closes(), facts.published(), call.firstSeen()).allMatch(Line::isInOurTime)
                && facts.deadlines().stream().allMatch(lot -> isInOurTime(lot.instant(facts.zone())))
                && (facts.value() == null
                        || (facts.value().amount().precision() <= 30
                                && Math.abs(facts.value().amount().scale()) <= 30));
    }

    private static boolean isInOurTime(@Nullable Instant instant) {
        return instant == null || (instant.isAfter(EARLIEST) && instant.isBefore(LATEST));
    }

    private static Call withWebLinks(Call call) {
        Notice facts = call.facts();
        boolean isClean = isWeb(facts.url()) && isWeb(facts.documents());
        Call clean = isClean
                ? call
                : call.saying(facts.toBuilder()
                        .url(isWeb(facts.url()) ? facts.url() : null)
                        .documents(isWeb(facts.documents()) ? facts.documents() : null)
                        .build());
        return clean.alsoAt().stream().allMatch(other -> isWeb(other.url()))
                ? clean
                : clean.lookingLike(clean.alsoAt().stream()
                        .map(other -> isWeb(other.url()) ? other : new Call.LookAlike(other.id(), null))
                        .toList());
    }

    private static boolean isWeb(@Nullable String address) {
        return address == null
                || address.regionMatches(true, 0, "http://", 0, 7)
                || address.regionMatches(true, 0, "https://", 0, 8);
    }
}
