package coop.vigie.cli;

import coop.vigie.text.Csv;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints rows in every format: each row is a JSON object, and a table or CSV file shows chosen parts of it. */
final class Listing {

    private static final int GAP = 2;
    private static final int NARROWEST = 8;

    private static final int FIRST_WIDE = 0x1100;

    /** The combining ones, which follow their letter. */
    private static final char FIRST_ACCENT = 0x0300;

    private static final char LAST_ACCENT = 0x036F;

    /** Of the terminal, for a column that is never cut. */
    private static final double WIDEST_FIXED = 0.4;

    /** Before what stands below a row. */
    static final String INDENT = "    ";

    /**
     * A column of the table.
     *
     * @param least characters below which it is not cut; it gives way whole columns first. The widest for one that is never cut
     * @param optional true if it may be left out where the table would not fit otherwise
     * @param style how a cell stands out; null for not at all
     */
    record Column(String heading, int least, boolean optional, Function<String, Terminal.@Nullable Style> style) {

        static Column fixed(String heading) {
            return new Column(heading, Integer.MAX_VALUE, false, cell -> null);
        }

        static Column flexible(String heading) {
            return flexible(heading, NARROWEST);
        }

        static Column flexible(String heading, int least) {
            return new Column(heading, least, false, cell -> null);
        }

        /** One that is cut, or left out. */
        static Column optional(String heading) {
            return new Column(heading, NARROWEST, true, cell -> null);
        }

        boolean isNeverCut() {
            return least == Integer.MAX_VALUE;
        }

        /** On one line. An accent takes no column of its own; what is never cut may be copied, and stays as it is. */
        String shown(String cell) {
            String line = oneLine(cell);
            for (int i = 0; i < line.length() && !isNeverCut(); i++) {
                if (line.charAt(i) >= FIRST_ACCENT && line.charAt(i) <= LAST_ACCENT) {
                    return Normalizer.normalize(line, Normalizer.Form.NFC);
                }
            }
            return line;
        }

        Column styled(Function<String, Terminal.@Nullable Style> how) {
            return new Column(heading, least, optional, how);
        }
    }

    private final Terminal terminal;

    Listing(Terminal terminal) {
        this.terminal = terminal;
    }

    /** One JSON value, indented for a person to read. */
    void json(Object value) {
        terminal.out().println(JsonText.indented(value));
    }

    /** One JSON value on one line. */
    void jsonLine(Object value) {
        terminal.out().println(JsonText.line(value));
    }

    /** Rows as JSON (array or lines) or as CSV whose columns are the keys of the first row. */
    void rows(Format format, List<Map<String, @Nullable Object>> rows) {
        switch (format) {
            case JSON -> json(rows);
            case JSONL -> rows.forEach(this::jsonLine);
            case CSV, TABLE -> csv(rows);
        }
    }

    private void csv(List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PrintStream out = terminal.out();
        List<String> keys = List.copyOf(rows.getFirst().keySet());
        out.print(String.join(",", keys) + "\r\n");
        for (Map<String, @Nullable Object> row : rows) {
            out.print(keys.stream().map(key -> csvCell(row.get(key))).collect(Collectors.joining(",")) + "\r\n");
        }
    }

    /** A number needs no apostrophe before its minus. */
    static String csvCell(@Nullable Object cell) {
        String value = plain(cell);
        return cell instanceof Number ? Csv.quoted(value) : Csv.cell(value);
    }

    private static String plain(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Collection<?> many -> many.stream().map(Listing::plain).collect(Collectors.joining(" "));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .map(entry -> entry.getKey() + "=" + plain(entry.getValue()))
                        .collect(Collectors.joining(" "));
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    /** A table that fits the terminal. */
    void table(List<Column> columns, List<List<String>> rows) {
        table(columns, rows, rows.stream().map(row -> List.<String>of()).toList());
    }

    /**
     * A table that fits the terminal: columns give way in turn, the widest first; then the optional ones go, the last first;
     * then all give way down to a few characters. What is much longer than a column that is never cut should be, such as a very
     * long id, stands whole in a line of its own below its row.
     *
     * @param below for each row, lines to print after it as they are
     */
    void table(List<Column> columns, List<List<String>> rows, List<List<String>> below) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    width(columns.get(i).heading()),
                    rows.stream()
                            .mapToInt(row -> width(columns.get(column).shown(row.get(column))))
                            .max()
                            .orElse(0));
        }
        moveBelow(columns, rows, widths);
        fit(columns, widths);
        PrintStream out = terminal.out();
        out.println(terminal.styled(
                Terminal.Style.HEADING,
                line(columns, columns.stream().map(Column::heading).toList(), widths, false)));
        for (int i = 0; i < rows.size(); i++) {
            out.println(line(columns, rows.get(i), widths, true));
            for (int column = 0; column < widths.length; column++) {
                String cell = oneLine(rows.get(i).get(column));
                if (columns.get(column).isNeverCut() && width(cell) > widths[column]) {
                    out.println(INDENT + cell);
                }
            }
            below.get(i).forEach(out::println);
        }
    }

    /** Where the table is too wide, a column that is never cut gets room for those cells only that leave some to the others. */
    private void moveBelow(List<Column> columns, List<List<String>> rows, int[] widths) {
        int most = (int) (terminal.width() * WIDEST_FIXED);
        for (int i = 0; i < widths.length; i++) {
            if (columns.get(i).isNeverCut() && widths[i] > most && tooWide(widths)) {
                int column = i;
                int least = Math.max(NARROWEST, width(columns.get(i).heading()));
                widths[i] = rows.stream()
                        .mapToInt(row -> width(oneLine(row.get(column))))
                        .filter(width -> width <= most)
                        .map(width -> Math.max(width, least))
                        .max()
                        .orElse(0);
            }
        }
    }

    /** A column without width is left out. */
    private void fit(List<Column> columns, int[] widths) {
        int[] wanted = widths.clone();
        shrink(columns.stream().mapToInt(Column::least).toArray(), widths);
        for (int i = columns.size() - 1; i >= 0 && tooWide(widths); i--) {
            if (columns.get(i).optional()) {
                wanted[i] = 0;
                System.arraycopy(wanted, 0, widths, 0, widths.length);
                shrink(columns.stream().mapToInt(Column::least).toArray(), widths);
            }
        }
        shrink(
                columns.stream()
                        .mapToInt(column -> Math.min(column.least(), flexibleLeast(column)))
                        .toArray(),
                widths);
    }

    private static int flexibleLeast(Column column) {
        return column.isNeverCut() ? Integer.MAX_VALUE : NARROWEST;
    }

    private boolean tooWide(int[] widths) {
        long shown = Arrays.stream(widths).filter(width -> width > 0).count();
        return Arrays.stream(widths).sum() + GAP * (shown - 1) > terminal.width();
    }

    private void shrink(int[] least, int[] widths) {
        while (tooWide(widths)) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private String line(List<Column> columns, List<String> cells, int[] widths, boolean styled) {
        var line = new StringBuilder();
        int open = 0; // spaces that are only printed where something follows
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] == 0) {
                continue;
            }
            String cell = columns.get(i).shown(cells.get(i));
            String cut = width(cell) <= widths[i] ? cell : first(cell, widths[i] - 1) + "…";
            if (!cut.isEmpty()) {
                Terminal.Style style = styled ? columns.get(i).style().apply(cell) : null;
                line.append(" ".repeat(open)).append(style == null ? cut : terminal.styled(style, cut));
                open = 0;
            }
            open += widths[i] - width(cut) + GAP;
        }
        return line.toString();
    }

    /** In columns of a terminal. */
    static int width(String text) {
        int width = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            width += columns(text.codePointAt(at));
        }
        return width;
    }

    /** What fits into so many columns; no character is ever cut in two. */
    private static String first(String text, int width) {
        int at = 0;
        int left = width;
        while (at < text.length() && columns(text.codePointAt(at)) <= left) {
            left -= columns(text.codePointAt(at));
            at += Character.charCount(text.codePointAt(at));
        }
        return text.substring(0, at);
    }

    /** Two for the wide scripts of East Asia and for pictures, as terminals draw them (Unicode, annex 11). */
    private static int columns(int character) {
        boolean isWide = character >= FIRST_WIDE
                && (character <= 0x115F
                        || (character >= 0x2E80 && character <= 0xA4CF && character != 0x303F)
                        || (character >= 0xAC00 && character <= 0xD7A3)
                        || (character >= 0xF900 && character <= 0xFAFF)
                        || (character >= 0xFE30 && character <= 0xFE6F)
                        || (character >= 0xFF00 && character <= 0xFF60)
                        || (character >= 0xFFE0 && character <= 0xFFE6)
                        || (character >= 0x1F300 && character <= 0x1FAFF)
                        || (character >= 0x20000 && character <= 0x3FFFD));
        return isWide ? 2 : 1;
    }

    /** Control characters of a title must not steer a terminal. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
    }
}
