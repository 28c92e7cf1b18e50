package coop.vigie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A place for one more item, in files as people write them. */
class YamlListTest {

    /** {@code |} is the end of a line, {@code +} where the item goes, with the blanks before it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            at the end;s:|  - id: a|;s:|  - id: a||  + |
            no last line end;s:|  - id: a;s:|  - id: a||  + |
            not indented;s:|- id: a|;s:|- id: a||+ |
            deeper;s:|      - id: a|        url: b|;s:|      - id: a|        url: b||      + |
            comments below stay with their entry;s:|  - id: a|    # b: c||# end|;s:|  - id: a|    # b: c||  + ||# end|
            a comment in the last line;s:|  - id: a # why|;s:|  - id: a # why||  + |
            other keys below;s:|  - id: a||t: 1|;s:|  - id: a||  + ||t: 1|
            the last value is a flow map of two lines;s:|  - m: {a: 1,|      b: 2}|t: 1|;s:|  - m: {a: 1,|      b: 2}||  + |t: 1|
            the last value is quoted over two lines;s:|  - m: "a|      b"|;s:|  - m: "a|      b"||  + |
            nothing yet;s: [] # none|t: 1|;s:  # none|  + |t: 1|
            nothing yet at the end;t: 1|s: [];t: 1|s: |  + |
            a mark at the beginning;\ufeffs:|  - id: a|;\ufeffs:|  - id: a||  + |
            strange signs before;# 😀|s: [] # 😀|;# 😀|s:  # 😀|  + |
            """)
    void appendsAnItem(String name, String before, String after) {
        String mark = before.startsWith("\\ufeff") ? "\ufeff" : "";
        for (String end : List.of("\n", "\r\n")) {
            assertEquals(
                    Optional.of(text(mark, after, end).replace("+ ", "- id: new")),
                    YamlList.append(text(mark, before, end), "s", List.of("- id: new")));
        }
    }

    private static String text(String mark, String written, String end) {
        return mark + written.replace("\\ufeff", "").replace("|", end);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            s: [{id: a}]
            t: []
            s: x
            - s
            """)
    void refusesWhatIsNoSuchList(String text) {
        assertEquals(Optional.empty(), YamlList.append(text, "s", List.of("- id: new")));
    }
}
