package coop.vigie.text;

import java.util.regex.Pattern;

/** Text for one cell of a CSV file. */
public final class Csv {

    /** What makes a cell a formula in one spreadsheet or another, full-width forms included. */
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    /** What acts on a terminal, or turns the text round, and says nothing: controls but tab and line ends, and marks of direction. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}&&[^\\t\\n\\r]]|[\\u202A-\\u202E\\u2066-\\u2069]");

    private Csv() {}

    /** RFC 4180; a leading character that a spreadsheet would take for a formula is made harmless. */
    public static String cell(String value) {
        String clean = UNSEEN.matcher(value).replaceAll("");
        String seen = clean.stripLeading();
        return quoted(!seen.isEmpty() && FORMULA.indexOf(seen.charAt(0)) >= 0 ? "'" + clean : clean);
    }

    /** RFC 4180, for what is no foreign text, such as a number. */
    public static String quoted(String value) {
        boolean quote = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';');
        return quote ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
