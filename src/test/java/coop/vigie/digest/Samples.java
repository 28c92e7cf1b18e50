package coop.vigie.digest;

import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import coop.vigie.notice.Notice;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.SourceId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Invented calls, one line each. */
final class Samples {

    static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");
    /** A Tuesday, half past seven in Brussels. */
    static final Instant NOW = Instant.parse("2026-11-24T06:30:00Z");

    static final Reason REASON = new Reason(Reason.Type.WORDS, "\"spectacle vivant\"", "title", "fr");

    private Samples() {}

    static Deadline.Dated on(String date) {
        return new Deadline.Dated(LocalDate.parse(date), null, BRUSSELS, Deadline.Origin.TEXT, null, false);
    }

    static Deadline.Dated at(String date, String time) {
        return new Deadline.Dated(
                LocalDate.parse(date), LocalTime.parse(time), BRUSSELS, Deadline.Origin.TEXT, null, false);
    }

    static Call call(String id, Deadline deadline) {
        return call(id, deadline, notice -> notice);
    }

    static Call call(String id, Deadline deadline, UnaryOperator<Notice.Builder> more) {
        return call(id, 1, deadline, more);
    }

    static Call call(String id, int revision, Deadline deadline, UnaryOperator<Notice.Builder> more) {
        var noticeId = new NoticeId(new SourceId("sample"), id);
        Notice facts = more.apply(new Notice.Builder(noticeId, BRUSSELS)
                        .title(LocalText.of("fr", "Appel " + id))
                        .url("https://example.org/" + id)
                        .stated(deadline))
                .build();
        return new Call(noticeId, List.of(noticeId), revision, facts.stage(), facts, NOW);
    }

    static Candidate fresh(Call call) {
        return new Candidate(call, List.of(REASON), null);
    }

    static Candidate told(Call call, int revision, Deadline deadline) {
        return new Candidate(call, List.of(REASON), new Told(revision, deadline, false));
    }

    static Edition edition(String language, List<Block> blocks) {
        return new Edition(
                "e1", "a@example.org", List.of("Arts de la scène"), language, List.of(language), NOW, blocks);
    }

    static Edition edition(String language, Candidate... candidates) {
        return edition(language, Composer.compose(List.of(candidates), List.of(), NOW));
    }

    static Frame frame() {
        return frame(Labels.NONE);
    }

    static Frame frame(Labels labels) {
        return new Frame(
                "La Vigie",
                "",
                "Une coopérative d’exemple",
                BRUSSELS,
                new Answers("stop@example.org", null),
                41,
                labels,
                new Frame.Colours("#1b4965", "#ffffff", "#1a1a1a"));
    }

    /** The same label in every language. */
    static Labels labels(@Nullable String place, @Nullable String cpv, @Nullable String language) {
        return new Labels() {
            @Override
            public @Nullable String place(String code, String in) {
                return place;
            }

            @Override
            public @Nullable String cpv(String code, String in) {
                return cpv;
            }

            @Override
            public @Nullable String language(String code, String in) {
                return language;
            }
        };
    }
}
