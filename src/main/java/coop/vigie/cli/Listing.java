package coop.vigie.cli;

import coop.vigie.text.Csv;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints rows in every format: each row is a JSON object, and a table or CSV file shows chosen parts of it. */
final class Listing {

    private static final int GAP = 2;

    /**
     * A column of the table.
     *
     * @param flexible true if it may be cut to make the table fit
     */
    record Column(String heading, boolean flexible) {

        static Column fixed(String heading) {
            return new Column(heading, false);
        }

        static Column flexible(String heading) {
            return new Column(heading, true);
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

    /** A table that fits the terminal: flexible columns give way in turn, the widest first. */
    void table(List<Column> columns, List<List<String>> rows) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    width(columns.get(i).heading()),
                    rows.stream()
                            .mapToInt(row -> width(oneLine(row.get(column))))
                            .max()
                            .orElse(0));
        }
        shrink(columns, widths);
        PrintStream out = terminal.out();
        out.println(bold(line(columns.stream().map(Column::heading).toList(), widths)));
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private void shrink(List<Column> columns, int[] widths) {
        while (java.util.Arrays.stream(widths).sum() + GAP * (widths.length - 1) > terminal.width()) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (columns.get(i).flexible() && widths[i] > 8 && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private static String line(List<String> cells, int[] widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String cell = oneLine(cells.get(i));
            String cut = width(cell) <= widths[i] ? cell : first(cell, widths[i] - 1) + "…";
            padded.add(cut + " ".repeat(widths[i] - width(cut)));
        }
        return String.join(" ".repeat(GAP), padded).stripTrailing();
    }

    /** In characters, not UTF-16 units: none is ever cut in two. */
    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String first(String text, int characters) {
        return text.substring(0, text.offsetByCodePoints(0, characters));
    }

    /** Control characters of a title must not steer a terminal. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    }

    private String bold(String text) {
        return terminal.colours() ? "\u001b[1m" + text + "\u001b[0m" : text;
    }
}
