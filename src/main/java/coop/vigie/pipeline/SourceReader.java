package coop.vigie.pipeline;

import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Payloads;
import coop.vigie.fetch.Query;
import coop.vigie.fetch.Skipped;
import coop.vigie.notice.Symptom;
import coop.vigie.parse.NoticeParser;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.Parsed;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.parse.Rhythm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parses the payloads of one answer, one after the other, and hands the notices on in batches. */
final class SourceReader {

    /** Notices stored in one transaction: few enough to lose little in a crash, many enough to be quick. */
    private static final int BATCH = 200;

    /** And not more than this in memory: a notice with a hundred lots has 2 MB. */
    private static final long BATCH_BYTES = 8_000_000;

    private final NoticeParser parser;
    private final ParseContext context;

    SourceReader(NoticeParser parser, ParseContext context) {
        this.parser = parser;
        this.context = context;
    }

    /**
     * @param rest notices that were not handed over yet: to be stored together with the validators
     * @param next what to ask next
     * @param failure why the source as a whole counts as not read; null if it was read
     * @param symptom the first that a document showed; null if none did
     * @param rhythm that a document asks for
     */
    record Read(
            List<ParsedNotice> rest,
            List<String> warnings,
            List<Query> next,
            @Nullable String failure,
            @Nullable Symptom symptom,
            Rhythm rhythm) {}

    /** @param store takes a full batch, when there is one; what is left comes back in the result */
    Read read(Payloads payloads, Query asked, Consumer<List<ParsedNotice>> store) {
        List<ParsedNotice> batch = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        List<Query> next = new ArrayList<>();
        Symptom symptom = null;
        Symptom ofFailure = null;
        Rhythm rhythm = Rhythm.NONE;
        int documents = 0;
        long bytes = 0;
        for (Payload payload = payloads.next(); payload != null; payload = payloads.next()) {
            documents++;
            Parsed parsed = parser.parse(payload, asked, context);
            next.addAll(parsed.next());
            rhythm = parsed.rhythm().equals(Rhythm.NONE) ? rhythm : parsed.rhythm();
            parsed.warnings().forEach(warning -> warnings.add(warning.toString()));
            Symptom shown = parsed.symptom();
            if (parsed.failure() != null) {
                failures.add(payload.position() + ": " + parsed.failure());
                ofFailure = ofFailure == null ? shown : ofFailure;
            } else {
                symptom = symptom == null ? shown : symptom;
            }
            batch.addAll(parsed.notices());
            bytes += payload.bytes().length;
            if (batch.size() >= BATCH || bytes >= BATCH_BYTES) {
                store.accept(List.copyOf(batch));
                batch.clear();
                bytes = 0;
            }
        }
        for (Skipped skipped : payloads.skipped()) {
            warnings.add(skipped.position() + ": left out: " + skipped.reason());
        }
        String failure = payloads.failure();
        if (failure == null && documents > 0 && failures.size() == documents) {
            failure = failures.removeFirst();
            symptom = ofFailure;
        }
        // One broken file among good ones is a warning; alone, it is the source that failed.
        warnings.addAll(failures);
        return new Read(List.copyOf(batch), List.copyOf(warnings), List.copyOf(next), failure, symptom, rhythm);
    }
}
