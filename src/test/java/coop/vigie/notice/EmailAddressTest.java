package coop.vigie.notice;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '^', textBlock = """
            a@example.org,             a@example.org
            A.b+c@EXAMPLE.Org,         a.b+c@example.org
            o'neil@example.org,        o'neil@example.org
            "a b"@example.org,         "a b"@example.org
            "a\\"@b"@example.org,      "a\\"@b"@example.org
            a@théâtre.example,         a@xn--thtre-4qa2c.example
            a@xn--thtre-4qa2c.example, a@xn--thtre-4qa2c.example
            a@localhost,               a@localhost
            a@1st.example.org,         a@1st.example.org
            """)
    void acceptsOrdinaryAddresses_inOneSpelling(String written, String value) {
        assertEquals(value, new EmailAddress(written).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@",
                "a@",
                "@example.org",
                "a@b@example.org",
                "a b@example.org",
                ".a@example.org",
                "a.@example.org",
                "a..b@example.org",
                "é@example.org",
                "a@-example.org",
                "a@example-.org",
                "a@example..org",
                "a@.example.org",
                "a@example.org.",
                "a@exa_mple.org",
                "a@[127.0.0.1]",
                "a@127.0.0.1",
                "a@straße.example",
                "\"\"@example.org",
                "a@example.org\n",
                "a@example.org\r\nBcc: b@example.org",
                "\"a\r\nb\"@example.org",
                "a\0@example.org",
                " a@example.org",
                "a@example.org ",
                "<a@example.org>",
                "A <a@example.org>",
                "a@exa\u200dmple.org"
            })
    void refusesEverythingElse(String written) {
        assertTrue(EmailAddress.parse(written).isEmpty());
    }

    @Test
    void keepsTheLengthsOfTheStandard() {
        String label = "d".repeat(63);

        assertAll(
                () -> assertTrue(
                        EmailAddress.parse("l".repeat(64) + "@example.org").isPresent()),
                () -> assertTrue(
                        EmailAddress.parse("l".repeat(65) + "@example.org").isEmpty()),
                () -> assertTrue(EmailAddress.parse("a@" + label + ".org").isPresent()),
                () -> assertTrue(EmailAddress.parse("a@" + label + "d.org").isEmpty()),
                () -> assertTrue(EmailAddress.parse("a@" + (label + ".").repeat(4) + "org")
                        .isEmpty()));
    }

    @Test
    void comparesWithoutCase_soThatTwoSpellingsAreOnePerson() {
        assertEquals(new EmailAddress("a@Example.org"), new EmailAddress("a@example.ORG"));
        assertEquals(new EmailAddress("a@example.org"), new EmailAddress("A@example.org"));
    }

    @Property(seed = "20261124")
    void neverLetsALineBreakOrControlCharacterThrough(@ForAll String local, @ForAll String domain) {
        EmailAddress.parse(local + "@" + domain)
                .ifPresent(address -> assertTrue(address.value().chars().noneMatch(Character::isISOControl)));
    }

    /** The suite's own reading: valid and merely unresolvable addresses are accepted, errors refused; the rest is free. */
    @Test
    void agreesWithTheIsemailSuite() throws IOException {
        var suite = Corpus.require("email-address/isemail.jsonl");
        var json = new ObjectMapper();
        Set<String> good = Set.of("ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN");

        String wrong = Files.readAllLines(suite).stream()
                .map(line -> {
                    try {
                        var entry = json.readTree(line);
                        String category = entry.get("category").asText();
                        String address = entry.get("address")
                                .asText()
                                .chars()
                                .map(c -> c >= 0x2400 && c <= 0x241f ? c - 0x2400 : c)
                                .mapToObj(c -> String.valueOf((char) c))
                                .collect(Collectors.joining());
                        boolean accepted = EmailAddress.parse(address).isPresent();
                        boolean fits =
                                good.contains(category) ? accepted : !category.equals("ISEMAIL_ERR") || !accepted;
                        return fits ? "" : line + "\n";
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .collect(Collectors.joining());

        assertEquals("", wrong);
    }
}
