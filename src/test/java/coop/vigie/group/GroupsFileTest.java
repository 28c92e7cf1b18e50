package coop.vigie.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.config.BrokenFiles;
import coop.vigie.config.ConfigException;
import coop.vigie.config.HomeFiles;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GroupsFileTest {

    static final Profile SCENE = new Profile(
            "scene",
            Scope.WIDE,
            List.of("\"spectacle vivant\"", "théâtre"),
            List.of("bruxelles"),
            List.of("architecture"),
            List.of("92310000", "7995*"),
            List.of("BE1", "BE2"),
            List.of(Level.COMMUNITY),
            List.of(Kind.CALL, Kind.TENDER),
            "deadline:<30d");

    static final Group ARTS = new Group(
            new GroupId("arts-bxl"),
            new LocalText(Map.of("fr", "Arts de la scène", "nl", "Podiumkunsten"), null),
            Axis.CALL_TYPE,
            List.of("fr", "nl"),
            List.of(SCENE),
            List.of(new Channel.Mail(), new Channel.Folder("cloud/arts-bxl")),
            true,
            new Cadence.Weekly(DayOfWeek.FRIDAY, LocalTime.of(17, 30)),
            List.of(Period.ofDays(14), Period.ofDays(3)),
            List.of(Member.of(
                    new EmailAddress("a@example.org"),
                    "Ann \"A\" O'Neil",
                    "fr",
                    List.of("fr", "en"),
                    Status.ACTIVE,
                    new Consent("formulaire papier", LocalDate.of(2026, 10, 1)))));

    @TempDir
    Path folder;

    @Test
    void readsEveryKey() throws IOException {
        List<Group> groups = read("""
                groups:
                  - id: arts-bxl
                    name: { fr: "Arts de la scène", nl: "Podiumkunsten" }
                    axis: call-type
                    languages: [fr, nl]
                    profiles:
                      - id: scene
                        scope: wide
                        any: ["\\"spectacle vivant\\"", théâtre]
                        all: [bruxelles]
                        none: [architecture]
                        cpv: ["92310000-4", "7995*"]
                        places: [BE1, BE2]
                        levels: [community]
                        kinds: [call, tender]
                        query: "deadline:<30d"
                    channels:
                      - { type: mail }
                      - { type: folder, path: cloud/arts-bxl/ }
                    public: true
                    cadence: { every: week, on: friday, at: "17:30" }
                    reminders: [14d, 3d]
                    members:
                      - mail: a@EXAMPLE.org
                        name: Ann "A" O'Neil
                        language: fr
                        reads: [fr, en]
                        status: active
                        consent: { how: "formulaire papier", date: 2026-10-01 }
                """);

        assertEquals(List.of(ARTS), groups);
    }

    @Test
    void fillsInTheDocumentedDefaults() throws IOException {
        var expected = new Group(
                new GroupId("a"),
                LocalText.of("und", "a"),
                Axis.SECTOR,
                List.of(),
                List.of(new Profile(
                        "p",
                        Scope.BALANCED,
                        List.of("x"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        "")),
                List.of(new Channel.Mail()),
                false,
                new Cadence.Weekly(DayOfWeek.MONDAY, LocalTime.of(7, 30)),
                List.of(),
                List.of(Member.of(new EmailAddress("m@example.org"), null, null, List.of(), Status.PENDING, null)));

        assertEquals(
                List.of(expected),
                read("groups: [{ id: a, profiles: [{ id: p, any: [x] }], members: [{ mail: m@example.org }] }]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status: active                                               | PENDING
            status: active, consent: { how: paper, date: 2026-10-01 }    | ACTIVE
            consent: { how: paper, date: 2026-10-01 }                    | ACTIVE
            status: pending, consent: { how: paper, date: 2026-10-01 }   | PENDING
            status: unsubscribed                                         | UNSUBSCRIBED
            status: suppressed                                           | SUPPRESSED
            """)
    void makesNobodyActive_withoutConsent(String written, Status status) throws IOException {
        List<Group> groups = read("groups: [{ id: a, members: [{ mail: m@example.org, " + written + " }] }]");

        assertEquals(status, groups.get(0).members().get(0).status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            every: day                     | Daily[at=07:30]
            every: day, at: "06:00"        | Daily[at=06:00]
            every: week                    | Weekly[on=MONDAY, at=07:30]
            every: week, on: sunday        | Weekly[on=SUNDAY, at=07:30]
            every: month                   | Monthly[on=1, at=07:30]
            every: month, on: 28           | Monthly[on=28, at=07:30]
            """)
    void readsCadences(String written, String cadence) throws IOException {
        assertEquals(
                cadence,
                read("groups: [{ id: a, cadence: { " + written + " } }]")
                        .get(0)
                        .cadence()
                        .toString());
    }

    @Test
    void hasNoChannel_whenTheListIsEmpty() throws IOException {
        assertEquals(List.of(), read("groups: [{ id: a, channels: [] }]").get(0).channels());
    }

    @Test
    void doesNotCallAProfileEmpty_whenItsOnlyConditionCouldNotBeRead() {
        var failure = assertThrows(
                ConfigException.class, () -> read("groups: [{ id: a, profiles: [{ id: p, places: [brussels] }] }]"));

        assertEquals(1, failure.problems().size());
    }

    @Test
    void writesTheWayPeopleWrite() {
        String expected = """
                groups:
                  - id: arts-bxl
                    name: { fr: Arts de la scène, nl: Podiumkunsten }
                    axis: call-type
                    languages: [fr, nl]
                    profiles:
                      - id: scene
                        scope: wide
                        any: ["\\"spectacle vivant\\"", théâtre]
                        all: [bruxelles]
                        none: [architecture]
                        cpv: ["92310000", "7995*"]
                        places: [BE1, BE2]
                        levels: [community]
                        kinds: [call, tender]
                        query: "deadline:<30d"
                    channels:
                      - { type: mail }
                      - { type: folder, path: cloud/arts-bxl }
                    public: true
                    cadence: { every: week, on: friday, at: "17:30" }
                    reminders: ["14d", "3d"]
                    members:
                      - { mail: a@example.org, name: "Ann \\"A\\" O'Neil", language: fr, reads: [fr, en], status: active, consent: { how: formulaire papier, date: 2026-10-01 } }
                """;

        // The order of languages in a map without order is not ours to promise.
        assertEquals(
                expected,
                GroupsFile.write(List.of(ARTS))
                        .replace(
                                "{ nl: Podiumkunsten, fr: Arts de la scène }",
                                "{ fr: Arts de la scène, nl: Podiumkunsten }"));
    }

    @Test
    void readsTheStarterOfANewHome() {
        HomeFiles.create(folder.resolve("home"));

        assertTrue(GroupsFile.read(folder.resolve("home/groups.yaml"))
                .get(0)
                .members()
                .isEmpty());
    }

    static Stream<BrokenFiles.Case> brokenFiles() throws IOException {
        return BrokenFiles.in(GroupsFileTest.class, "broken-groups.txt");
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void namesEveryProblemWithItsPlace(BrokenFiles.Case broken) {
        var failure = assertThrows(ConfigException.class, () -> read(broken.content()));

        assertEquals(String.join("\n", broken.problems()), failure.getMessage());
    }

    private List<Group> read(String content) throws IOException {
        return GroupsFile.read(Files.writeString(folder.resolve("groups.yaml"), content));
    }
}
