package coop.vigie.text;

/** Text for one cell of a CSV file. */
public final class Csv {

    /** What makes a cell a formula in one spreadsheet or another, full-width forms included. */
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private Csv() {}

    /** RFC 4180; a leading character that a spreadsheet would take for a formula is made harmless. */
    public static String cell(String value) {
        String seen = value.stripLeading();
        return quoted(!seen.isEmpty() && FORMULA.indexOf(seen.charAt(0)) >= 0 ? "'" + value : value);
    }

    /** RFC 4180, for what is no foreign text, such as a number. */
    public static String quoted(String value) {
        boolean quote = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';');
        return quote ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
