package coop.vigie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coop.vigie.config.Type.Bad;
import java.net.URI;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            0s,      PT0S
            5s,      PT5S
            15m,     PT15M
            6h,      PT6H
            30d,     PT720H
            2w,      PT336H
            90 m,    PT1H30M
            """)
    void readsDurations(String written, Duration duration) throws Bad {
        assertEquals(duration, Type.DURATION.read(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6", "h", "-6h", "6H", "1.5h", "6 hours", "1h30m", "999999999d", "9999999999s", "٣d"})
    void refusesWhatIsNoDuration(String written) {
        assertThrows(Bad.class, () -> Type.DURATION.read(written));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1B,    1
            500kB, 500000
            15MB,  15000000
            2GB,   2000000000
            900 GB, 900000000000
            """)
    void readsSizes(String written, long bytes) throws Bad {
        assertEquals(bytes, Type.SIZE.read(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "15mb", "0MB", "15MiB", "-1MB", "1.5GB"})
    void refusesWhatIsNoSize(String written) {
        assertThrows(Bad.class, () -> Type.SIZE.read(written));
    }

    @Test
    void readsDays() throws Bad {
        assertEquals(Period.ofDays(3), Type.DAYS.read("3d"));
        assertEquals(Period.ofDays(14), Type.DAYS.read("2w"));
        assertThrows(Bad.class, () -> Type.DAYS.read("48h"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            https://example.org,                  https://example.org
            HTTP://example.org:8080/a?b=c#d,      http://example.org:8080/a?b=c#d
            https://théâtre.example/été?q=é,      https://xn--thtre-4qa2c.example/%C3%A9t%C3%A9?q=%C3%A9
            http://[::1]:8080/,                   http://[::1]:8080/
            https://example.org/a%20b,            https://example.org/a%20b
            """)
    void readsWebAddresses(String written, URI address) throws Bad {
        assertEquals(address, Type.WEB_ADDRESS.read(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"07:30", "23:59", "00:00"})
    void readsTimes(String written) throws Bad {
        assertEquals(written, Type.TIME.read(written).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7:30", "24:00", "07h30", "07:30:00", ""})
    void refusesWhatIsNoTime(String written) {
        assertThrows(Bad.class, () -> Type.TIME.read(written));
    }

    @Test
    void makesOneLine_ofTextOverSeveral() throws Bad {
        assertEquals("a b", Type.TEXT.read("  a\n  b\n"));
    }

    @Test
    void refusesControlCharacters_inText() {
        assertThrows(Bad.class, () -> Type.TEXT.read("a\u0007b"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            logo.png,        true
            a/b/c.d,         true
            ./a,             true
            a/..b,           true
            ..,              false
            a/../../b,       false
            /a,              false
            ~/a,             false
            C:/a,            false
            a\\b,            false
            '',              false
            .,               false
            './/',           false
            """)
    void keepsPathsInsideTheHome(String path, boolean inside) {
        assertEquals(inside, HomePath.isInside(path));
    }
}
