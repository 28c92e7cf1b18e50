package coop.vigie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coop.vigie.config.Settings.Brand;
import coop.vigie.config.Settings.Colours;
import coop.vigie.config.Settings.Inbox;
import coop.vigie.config.Settings.Mail;
import coop.vigie.config.Settings.Mailbox;
import coop.vigie.config.Settings.Newsletter;
import coop.vigie.config.Settings.Proxy;
import coop.vigie.config.Settings.Retention;
import coop.vigie.config.Settings.Site;
import coop.vigie.config.Settings.Tls;
import coop.vigie.config.Settings.Watch;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.LocalText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("SMTP", "s3cret$1", "IMAP", "other", "PROXY", "third");

    @TempDir
    Path home;

    @Test
    void givesTheDocumentedDefaults_withoutAFile() {
        var expected = new Settings(
                null,
                null,
                new Site(null),
                new Brand("Vigie", null, new Colours("#1b4965", "#ffffff", "#1a1a1a"), LocalText.EMPTY),
                List.of("fr", "nl", "en"),
                new Retention(Duration.ofDays(90), Duration.ofDays(90)),
                new Watch(List.of(), null, 2, Duration.ofDays(3)),
                null,
                null);

        assertEquals(expected, SettingsFile.read(home.resolve("vigie.yaml"), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing but a comment\n", "---\n", "{}", "watch: {}\nsite: {}\nbrand: { colours: {} }\n"})
    void givesTheDefaults_whenTheFileSaysNothing(String content) throws IOException {
        assertEquals(Settings.DEFAULTS, read(content));
    }

    @Test
    void readsEveryKey() throws IOException {
        Settings settings = read("""
                mail:
                  host: smtp.example.org
                  port: 2525
                  tls: smtps
                  user: vigie
                  password: ${ENV:SMTP}
                  from: "Vigie <vigie@example.org>"
                  reply-to: answers@Example.org
                  rate: 30/min
                  per-domain-rate: 2/s
                  bounce-address: bounces@example.org
                  verp: true
                inbox: { host: imap.example.org, port: 1143, tls: starttls, user: v, password: "${ENV:IMAP}", folder: In, every: 5m }
                site: { base-url: https://vigie.example.org/site }
                brand:
                  name: "La veille"
                  logo: brand/logo.png
                  colours: { accent: "#aa0000", background: "#00aa00", text: "#0000AA" }
                  footer: { fr: "À bientôt", nl: "Tot ziens" }
                languages: [nl, fr]
                retention: { raw: 30d, messages: 1w }
                watch: { alert: [ops@example.org], language: nl, quiet-factor: 5, quiet-after: 21d }
                newsletter: { every: week, on: tuesday, at: "08:15", folder: cloud/comms, to: comms@example.org, languages: [fr], groups: [arts] }
                proxy: { url: "http://proxy.example.org:3128", user: p, password: "${ENV:PROXY}", except: [localhost, .example.org] }
                """);

        var expected = new Settings(
                new Mail(
                        "smtp.example.org",
                        2525,
                        Tls.IMPLICIT,
                        "vigie",
                        new Secret("s3cret$1"),
                        new Mailbox("Vigie", new EmailAddress("vigie@example.org")),
                        new Mailbox(null, new EmailAddress("answers@example.org")),
                        new Rate(30, Duration.ofMinutes(1)),
                        new Rate(2, Duration.ofSeconds(1)),
                        new EmailAddress("bounces@example.org"),
                        true),
                new Inbox(
                        "imap.example.org", 1143, Tls.STARTTLS, "v", new Secret("other"), "In", Duration.ofMinutes(5)),
                new Site(URI.create("https://vigie.example.org/site/")),
                new Brand(
                        "La veille",
                        "brand/logo.png",
                        new Colours("#aa0000", "#00aa00", "#0000AA"),
                        new LocalText(Map.of("fr", "À bientôt", "nl", "Tot ziens"), null)),
                List.of("nl", "fr"),
                new Retention(Duration.ofDays(30), Duration.ofDays(7)),
                new Watch(List.of(new EmailAddress("ops@example.org")), "nl", 5, Duration.ofDays(21)),
                new Newsletter(
                        DayOfWeek.TUESDAY,
                        1,
                        LocalTime.of(8, 15),
                        "cloud/comms",
                        List.of(new EmailAddress("comms@example.org")),
                        List.of("fr"),
                        List.of("arts")),
                new Proxy(
                        URI.create("http://proxy.example.org:3128"),
                        "p",
                        new Secret("third"),
                        List.of("localhost", ".example.org")));
        assertEquals(expected, settings);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            none,     25
            starttls, 587
            smtps,    465
            """)
    void takesTheUsualPort_forEachProtectionOfMail(String tls, int port) throws IOException {
        Mail mail = Objects.requireNonNull(
                read("mail: { host: localhost, tls: " + tls + " }").mail());

        assertEquals(port, mail.port());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            none,     143
            starttls, 143
            imaps,    993
            """)
    void takesTheUsualPort_forEachProtectionOfTheInbox(String tls, int port) throws IOException {
        Inbox inbox = Objects.requireNonNull(
                read("inbox: { host: localhost, tls: " + tls + " }").inbox());

        assertEquals(new Inbox("localhost", port, inbox.tls(), null, null, "INBOX", Duration.ofMinutes(15)), inbox);
    }

    @Test
    void sendsAsFastAsItCanWithStarttls_whenMailSaysOnlyTheHost() throws IOException {
        var expected = new Mail("localhost", 587, Tls.STARTTLS, null, null, null, null, null, null, null, false);

        assertEquals(expected, read("mail: { host: localhost, rate: none }").mail());
    }

    @Test
    void hidesSecrets_whenSettingsArePrinted() throws IOException {
        String printed = read("mail: { host: localhost, user: u, password: \"${ENV:SMTP}\" }")
                .toString();

        assertFalse(printed.contains("s3cret"), printed);
    }

    static Stream<BrokenFiles.Case> brokenFiles() throws IOException {
        return Stream.concat(
                BrokenFiles.in(SettingsFileTest.class, "broken-vigie.txt"),
                BrokenFiles.in(SettingsFileTest.class, "broken-yaml.txt"));
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void namesEveryProblemWithItsPlace(BrokenFiles.Case broken) {
        var failure = assertThrows(ConfigException.class, () -> read(broken.content()));

        assertEquals(String.join("\n", broken.problems()), failure.getMessage());
    }

    private Settings read(String content) throws IOException {
        return SettingsFile.read(Files.writeString(home.resolve("vigie.yaml"), content), ENVIRONMENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { on: 1 }                      | 1:13: required key 'every' is missing
            { every: day }                 | 1:22: 'every': 'day' is not one of week, month
            { every: month, on: monday }   | 1:33: 'on': 'monday' is not a whole number from 1 to 28
            { every: week, on: 1 }         | 1:32: 'on': '1' is not one of monday, tuesday, wednesday, thursday, friday, saturday, sunday
            { every: week, folder: data }  | 1:36: 'folder': 'data' is Vigie's own; name another folder, such as newsletters
            { every: week, groups: [A b] } | 1:37: 'groups': 'A b' is neither the id of a group nor all
            """)
    void namesWhatIsWrongWithTheNewsletter(String newsletter, String fault) throws IOException {
        var failure = assertThrows(ConfigException.class, () -> read("newsletter: " + newsletter));

        assertEquals("vigie.yaml:" + fault, failure.problems().getFirst().toString());
    }
}
