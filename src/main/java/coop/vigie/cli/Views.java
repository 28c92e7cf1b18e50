package coop.vigie.cli;

import coop.vigie.curate.CurationStore;
import coop.vigie.curate.SuggestionStore.Suggestion;
import coop.vigie.digest.EditionView;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.watch.Breach;
import java.time.Instant;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as the JSON objects that other programs rely on. Names may be added, never renamed. */
final class Views {

    private Views() {}

    /** A call as {@code search} gives it. */
    static Map<String, @Nullable Object> call(Call call, Instant now, @Nullable Double score, List<String> why) {
        Notice facts = call.facts();
        Deadline deadline = call.deadline(now);
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", call.id().toString());
        view.put("source", facts.id().source().value());
        view.put("alsoIn", call.alsoIn().stream().map(Object::toString).toList());
        view.put("kind", facts.kind().code());
        view.put("level", facts.level().code());
        view.put("stage", call.stage().code());
        view.put("title", facts.title().in(List.of()));
        view.put("titles", facts.title().byLanguage());
        view.put("language", facts.title().languageFor(List.of()).orElse(null));
        view.put("submissionLanguages", facts.submissionLanguages());
        view.put("buyer", facts.buyer());
        view.put("published", text(facts.published()));
        view.put("deadline", deadline(deadline, now));
        view.put("deadlines", facts.deadlines().stream().map(Views::lotDeadline).toList());
        view.put("daysLeft", deadline instanceof Deadline.Dated dated ? dated.daysLeft(now) : null);
        view.put("places", facts.places());
        view.put("cpv", facts.cpv());
        view.put("value", money(facts.value()));
        view.put("url", facts.url());
        view.put("documents", facts.documents());
        view.put("revision", call.revision());
        view.put("notices", call.notices().stream().map(Object::toString).toList());
        view.put("score", score);
        view.put("why", why);
        view.put("alsoAt", EditionView.alsoAt(call));
        view.put("corrected", call.corrected());
        return view;
    }

    /** For each value that a call has, the notice that states it; {@code hand} for one that a person corrected. */
    static Map<String, String> provenance(Call call) {
        Notice facts = call.facts();
        var stated = new LinkedHashMap<String, Boolean>();
        stated.put("title", true);
        stated.put("text", !facts.text().isEmpty());
        stated.put("buyer", facts.buyer() != null);
        stated.put("published", facts.published() != null);
        stated.put("deadline", !facts.deadlines().isEmpty() || !facts.stated().equals(Deadline.UNKNOWN));
        stated.put("places", !facts.places().isEmpty());
        stated.put("cpv", !facts.cpv().isEmpty());
        stated.put("value", facts.value() != null);
        stated.put("submissionLanguages", !facts.submissionLanguages().isEmpty());
        stated.put("url", facts.url() != null);
        stated.put("documents", facts.documents() != null);
        call.corrected().keySet().forEach(name -> stated.put(name, true));
        var origins = new LinkedHashMap<String, String>();
        stated.forEach((name, given) -> {
            if (given) {
                origins.put(
                        name,
                        call.corrected().containsKey(name)
                                ? Deadline.Origin.HAND.code()
                                : call.origin(name).toString());
            }
        });
        return origins;
    }

    /** A notice that is not stored, in the same shape. */
    static Map<String, @Nullable Object> notice(Notice notice, Instant now) {
        return call(alone(notice, now), now, null, List.of());
    }

    /** A call made of this notice alone. */
    static Call alone(Notice notice, Instant now) {
        return new Call(notice.id(), List.of(notice.id()), 1, notice.stage(), notice, now);
    }

    static Map<String, @Nullable Object> deadline(Deadline deadline, Instant now) {
        return EditionView.deadline(deadline, now);
    }

    private static Map<String, @Nullable Object> lotDeadline(LotDeadline deadline) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("role", deadline.role().code());
        view.put("lot", deadline.lot());
        view.put("date", deadline.date().toString());
        view.put("time", time(deadline.time()));
        view.put("offset", text(deadline.offset()));
        return view;
    }

    private static @Nullable Map<String, @Nullable Object> money(@Nullable Money money) {
        if (money == null) {
            return null;
        }
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("amount", money.amount());
        view.put("currency", money.currency());
        return view;
    }

    /** What is wrong with a source, without the source. */
    static Map<String, @Nullable Object> breach(Breach breach) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("kind", breach.finding().kind().code());
        view.put("since", breach.finding().since().toString());
        view.put("raised", breach.raised().toString());
        view.put("acknowledged", text(breach.acknowledged()));
        view.put("acknowledgedBy", breach.by());
        view.put("note", breach.note());
        return view;
    }

    static Map<String, @Nullable Object> suggestion(Suggestion suggestion) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", suggestion.id());
        view.put("at", suggestion.at().toString());
        view.put("who", suggestion.who());
        view.put("state", suggestion.state().code());
        view.put("title", suggestion.title());
        view.put("url", suggestion.url());
        view.put("note", suggestion.note());
        return view;
    }

    /** What a person did for others. */
    static Map<String, @Nullable Object> act(CurationStore.Entry entry) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("at", entry.at().toString());
        view.put("who", entry.who());
        view.put("group", entry.group().isEmpty() ? null : entry.group());
        view.put("act", entry.act().code());
        view.put("detail", entry.detail());
        return view;
    }

    static @Nullable String time(@Nullable LocalTime time) {
        return EditionView.time(time);
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
