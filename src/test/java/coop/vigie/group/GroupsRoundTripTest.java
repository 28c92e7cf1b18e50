package coop.vigie.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written reads back equal, whatever people type. */
class GroupsRoundTripTest {

    private static final Set<String> TRICKY = Set.of(
            "null",
            "~",
            "true",
            "yes",
            "NO",
            "on",
            "12",
            "1e3",
            "17:30",
            "- a",
            "a: b",
            "# a",
            "a # b",
            "{a}",
            "[a",
            "*a",
            "&a",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a`",
            "'a'",
            "\"a\"",
            "a\\b",
            "a, b",
            "?",
            "=",
            "<<",
            "...",
            "---",
            "\ufeffa",
            "${ENV:HOME}",
            "été",
            "🎭",
            "a\u00a0b",
            "0x1F",
            ".inf",
            "2026-10-01");

    @Property(seed = "20261124", tries = 100, edgeCases = EdgeCasesMode.NONE)
    void readsBackWhatItWrote(@ForAll("groups") List<Group> groups) throws IOException {
        Path file = Files.createTempFile("groups", ".yaml");
        try {
            Files.writeString(file, GroupsFile.write(groups));

            assertEquals(groups, GroupsFile.read(file));
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<Group>> groups() {
        return group().list().ofMaxSize(3).uniqueElements(Group::id).filter(GroupsRoundTripTest::feedsApart);
    }

    /** Two feeds in one folder are an error. */
    private static boolean feedsApart(List<Group> groups) {
        return groups.stream()
                        .flatMap(group -> group.channels().stream())
                        .filter(Channel.Feed.class::isInstance)
                        .count()
                <= 1;
    }

    private record Ways(List<Channel> channels, boolean published) {}

    private static Arbitrary<Group> group() {
        Arbitrary<Map<String, String>> names = Arbitraries.maps(Arbitraries.of("fr", "nl", "en", "und"), text())
                .ofMinSize(1)
                .ofMaxSize(3);
        return Combinators.combine(
                        id().map(GroupId::new),
                        names,
                        Arbitraries.of(Axis.class),
                        languages(),
                        profile().list().ofMaxSize(3).uniqueElements(Profile::id),
                        Combinators.combine(channel().list().ofMaxSize(4), Arbitraries.of(true, false))
                                .as(Ways::new),
                        cadence(),
                        Arbitraries.integers()
                                .between(0, 400)
                                .map(Period::ofDays)
                                .list()
                                .ofMaxSize(3))
                .flatAs((id, name, axis, languages, profiles, ways, cadence, reminders) -> member().list()
                        .ofMaxSize(3)
                        .uniqueElements(Member::mail)
                        .map(members -> new Group(
                                id,
                                new LocalText(name, null),
                                axis,
                                languages,
                                profiles,
                                ways.channels(),
                                ways.published(),
                                cadence,
                                reminders,
                                members)));
    }

    private static Arbitrary<Profile> profile() {
        Arbitrary<List<String>> texts = text().list().ofMaxSize(3);
        return Combinators.combine(
                        id(),
                        Arbitraries.of(Scope.class),
                        text().list().ofMinSize(1).ofMaxSize(3),
                        texts,
                        texts,
                        Arbitraries.of("92310000", "7995*", "03*", "79*").list().ofMaxSize(2),
                        Arbitraries.of("BE", "BE1", "BE100", "NO", "NL").list().ofMaxSize(2),
                        Arbitraries.of(Kind.class).list().ofMaxSize(2))
                .flatAs((id, scope, any, all, none, cpv, places, kinds) -> text().map(query ->
                        new Profile(id, scope, any, all, none, cpv, places, List.of(Level.LOCAL), kinds, query)));
    }

    private static Arbitrary<Member> member() {
        Arbitrary<EmailAddress> mail = Arbitraries.of(
                        "a@example.org",
                        "\"a b\"@example.org",
                        "a+b@xn--thtre-4qa2c.example",
                        "o'n@example.org",
                        "1@example.org")
                .map(EmailAddress::new);
        Arbitrary<Consent> consent = Combinators.combine(
                        text(), Arbitraries.integers().between(0, 9_000))
                .as((how, day) -> new Consent(how, LocalDate.ofEpochDay(day + 12_000L)));
        return Combinators.combine(
                        mail,
                        text().injectNull(0.2),
                        Arbitraries.of("fr", "no").injectNull(0.2),
                        languages(),
                        Arbitraries.of(Status.class),
                        consent.injectNull(0.3))
                .as(Member::of);
    }

    static Arbitrary<Channel> channel() {
        return Arbitraries.of(
                new Channel.Mail(),
                new Channel.MailingList(new EmailAddress("groupe@listes.example.org"), null),
                new Channel.MailingList(new EmailAddress("groep@lijsten.example.org"), "nl"),
                new Channel.Folder("cloud/arts"),
                new Channel.Folder("my cloud/été #1"),
                new Channel.Folder("on"),
                new Channel.WebDav("https://cloud.example.org/dav/files/v/arts%20x", "vigie", "${ENV:CLOUD}", false),
                new Channel.WebDav("http://10.0.0.1:8080/dav", "no", "${ENV:A: b}", true),
                new Channel.Feed("public/arts"),
                new Channel.Text("to paste/arts", 1000),
                new Channel.Text("x", 200),
                new Channel.Webhook("${ENV:CHAT}", null, Channel.Preset.CHAT, null, null, false),
                new Channel.Webhook("https://x.example/a?b=c#d", "${ENV:KEY}", Channel.Preset.JSON, null, null, true),
                new Channel.Webhook(
                        "https://forum.example/posts.json",
                        "${ENV:FORUM}",
                        Channel.Preset.DISCOURSE,
                        "vigie bot: 1",
                        12,
                        false),
                new Channel.Signal(
                        "http://127.0.0.1:8080/api/v1/rpc", "+32470000000", "aGVsbG8gaGVsbG8gaGVsbG8=", 500));
    }

    private static Arbitrary<Cadence> cadence() {
        Arbitrary<LocalTime> times =
                Arbitraries.integers().between(0, 24 * 60 - 1).map(minute -> LocalTime.MIN.plusMinutes(minute));
        return Arbitraries.oneOf(
                times.map(Cadence.Daily::new),
                Combinators.combine(Arbitraries.of(DayOfWeek.class), times).as(Cadence.Weekly::new),
                Combinators.combine(Arbitraries.integers().between(1, 28), times)
                        .as(Cadence.Monthly::new));
    }

    private static Arbitrary<List<String>> languages() {
        return Arbitraries.of("fr", "nl", "en", "no").list().ofMaxSize(3);
    }

    private static Arbitrary<String> id() {
        return Arbitraries.of("a", "1", "-", "on", "arts-bxl", "0-0", "null");
    }

    /** One line as a person would leave it, tricky for YAML. */
    private static Arbitrary<String> text() {
        Arbitrary<String> free = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(text -> text.replaceAll("[\\p{Cc}\\p{Cs}\\p{Cn}\\p{Co}]|\\R", "x")
                        .strip())
                .filter(text -> !text.isEmpty());
        return Arbitraries.oneOf(Arbitraries.of(TRICKY), free);
    }
}
