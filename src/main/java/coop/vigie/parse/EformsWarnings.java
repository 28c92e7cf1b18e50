package coop.vigie.parse;

import coop.vigie.notice.SourceId;
import coop.vigie.notice.Warning;
import coop.vigie.parse.EformsDraft.Written;
import java.util.ArrayList;
import java.util.List;

/** What could not be used of one notice. */
final class EformsWarnings {

    private static final int LONGEST = 100;

    private final SourceId source;
    private final String position;
    private final List<Warning> warnings = new ArrayList<>();

    /** @param position of the document; each warning adds its line */
    EformsWarnings(SourceId source, String position) {
        this.source = source;
        this.position = position;
    }

    /** @param written its line is 0 in formats that have none */
    void add(Written written, String field, String done) {
        String text = written.text();
        String found = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        String line = written.line() == 0 ? "" : ":" + written.line();
        warnings.add(new Warning(source, position + line, field, found, done));
    }

    List<Warning> list() {
        return warnings;
    }
}
