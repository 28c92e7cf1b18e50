package coop.vigie.hand;

import coop.vigie.notice.VigieException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads calls from a CSV file (RFC 4180), as spreadsheets write them. {@code docs/commands.md} describes the columns. */
public final class CallsFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String name;
    private final Instant now;
    private final List<Line> lines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private CallsFile(String name, Instant now) {
        this.name = name;
        this.now = now;
    }

    /** One call, and the line of the file in which it begins. */
    public record Line(int number, Entry entry) {}

    /**
     * Something that cannot be taken.
     *
     * @param line from 1; that in which the call begins
     * @param column number of the column, from 1; 0 for what is wrong with the whole line
     */
    public record Problem(String file, int line, int column, Fault fault) {

        /** The form that {@code feeds.yaml:12:5: …} has, with the number of the column. */
        @Override
        public String toString() {
            return file + ":" + line + (column == 0 ? "" : ":" + column) + ": " + fault;
        }
    }

    /**
     * What a file holds.
     *
     * @param usable false if the file as a whole cannot be taken, for its columns or its encoding
     */
    public record Read(List<Line> lines, List<Problem> problems, boolean usable) {

        public Read {
            lines = List.copyOf(lines);
            problems = List.copyOf(problems);
        }

        /** How many calls cannot be taken; one may have several problems. */
        public int leftOut() {
            return (int) problems.stream().map(Problem::line).distinct().count();
        }
    }

    /**
     * Reads a file in UTF-8; good lines count whatever is wrong with others.
     *
     * @throws VigieException if the file cannot be read from the disk
     */
    public static Read read(Path file, Instant now) {
        String name = String.valueOf(file.getFileName());
        try {
            return read(name, Files.readAllBytes(file), now);
        } catch (IOException failure) {
            throw new VigieException("could not read " + file + ": " + failure.getMessage(), failure);
        }
    }

    static Read read(String name, byte[] bytes, Instant now) {
        var reader = new CallsFile(name, now);
        boolean usable;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            usable = reader.read(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException otherEncoding) {
            reader.problem(1, 0, "", "the file is not in UTF-8; save it as \"CSV UTF-8\"");
            usable = false;
        }
        return new Read(reader.lines, reader.problems, usable);
    }

    private boolean read(String text) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreEmptyLines(true)
                .get();
        List<String> written = text.lines().toList();
        int begins = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            Iterator<CSVRecord> records = parser.iterator();
            try {
                if (!records.hasNext()) {
                    problem(1, 0, "", "the file is empty; its first line names the columns");
                    return false;
                }
                List<String> header = header(records.next());
                if (header.isEmpty()) {
                    return false;
                }
                begins = next(written, parser);
                while (records.hasNext()) {
                    line(header, records.next(), begins);
                    begins = next(written, parser);
                }
            } catch (UncheckedIOException broken) {
                // Where the next call begins is anybody's guess, and what is entered by a wrong one cannot be taken
                // back.
                problem(
                        begins,
                        0,
                        "",
                        "a quotation mark that opens here is never closed, or closes in the middle of a field (inside a text,"
                                + " write it twice); nothing from here on is read");
            }
            return true;
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", impossible);
        }
    }

    /** Spreadsheets of French and Dutch speakers write semicolons. */
    private static char delimiter(String text) {
        String first = text.strip().lines().findFirst().orElse("");
        return first.indexOf(';') >= 0 ? ';' : ',';
    }

    /** The line in which the call after those read so far begins. */
    private static int next(List<String> written, CSVParser parser) {
        int done = (int) parser.getCurrentLineNumber();
        while (done < written.size() && written.get(done).isEmpty()) {
            done++;
        }
        return done + 1;
    }

    /** The names of the columns; empty if the file cannot be read by them. */
    private List<String> header(CSVRecord record) {
        List<String> header = new ArrayList<>();
        for (String written : record) {
            String column = written.strip().toLowerCase(Locale.ROOT);
            int number = header.size() + 1;
            if (!EntryFields.NAMES.contains(column)) {
                problem(
                        1,
                        number,
                        "",
                        "unknown column '%s'; there are %s".formatted(column, String.join(", ", EntryFields.NAMES)));
            } else if (header.contains(column)) {
                problem(1, number, "", "column '" + column + "' is there twice");
            }
            header.add(column);
        }
        if (!header.contains("title")) {
            problem(1, 0, "", "there is no column 'title'");
        }
        return problems.isEmpty() ? header : List.of();
    }

    private void line(List<String> header, CSVRecord record, int number) {
        if (record.size() != header.size()) {
            problem(
                    number,
                    0,
                    "",
                    "has %d fields where the first line names %d".formatted(record.size(), header.size()));
            return;
        }
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            fields.put(header.get(i), record.get(i));
        }
        if (fields.values().stream().allMatch(String::isBlank)) {
            return;
        }
        EntryFields.Read read = EntryFields.read(fields, now);
        if (read.entry() != null) {
            lines.add(new Line(number, read.entry()));
        }
        read.faults()
                .forEach(fault -> problems.add(new Problem(name, number, header.indexOf(fault.field()) + 1, fault)));
    }

    private void problem(int line, int column, String field, String message) {
        problems.add(new Problem(name, line, column, new Fault(field, message)));
    }
}
