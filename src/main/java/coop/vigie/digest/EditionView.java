package coop.vigie.digest;

import coop.vigie.curate.Interest;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An edition as the JSON object that other programs rely on. Names may be added, never renamed. */
public final class EditionView {

    private EditionView() {}

    /** The edition with its blocks. */
    public static Map<String, @Nullable Object> whole(
            Edition edition, String state, Function<Reason, String> reasonWords) {
        Map<String, @Nullable Object> view = head(edition, state);
        List<Map<String, @Nullable Object>> blocks = new ArrayList<>();
        int before = 0;
        for (Block block : edition.blocks()) {
            blocks.add(block(block, before, edition, reasonWords));
            before += block.items().size();
        }
        view.put("blocks", blocks);
        return view;
    }

    /** The edition without its blocks, for lists. */
    public static Map<String, @Nullable Object> head(Edition edition, String state) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", edition.id());
        view.put("recipient", edition.recipient());
        view.put("groups", edition.groups());
        view.put("built", edition.built().toString());
        view.put("state", state);
        view.put("language", edition.language());
        return view;
    }

    private static Map<String, @Nullable Object> block(
            Block block, int before, Edition edition, Function<Reason, String> reasonWords) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("name", block.name().code());
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        for (Item item : block.items()) {
            items.add(item(item, before + items.size() + 1, edition, reasonWords));
        }
        view.put("items", items);
        if (!block.silent().isEmpty()) {
            view.put(
                    "sources",
                    block.silent().stream().map(Block.SilentSource::id).toList());
        }
        return view;
    }

    private static Map<String, @Nullable Object> item(
            Item item, int number, Edition edition, Function<Reason, String> reasonWords) {
        Call call = item.call();
        Deadline deadline = call.deadline(edition.built());
        Deadline before = item.before();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", call.id().toString());
        view.put("title", call.facts().title().in(edition.reads()));
        view.put("deadline", deadline(deadline, edition.built()));
        view.put("daysLeft", deadline instanceof Deadline.Dated dated ? dated.daysLeft(edition.built()) : null);
        view.put("why", item.why().stream().map(reasonWords).toList());
        view.put("url", call.facts().url());
        view.put("revision", call.revision());
        view.put("change", item.change().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        view.put("alsoAt", alsoAt(call));
        view.put("number", number);
        view.put("picked", item.regard().picked());
        view.put(
                "notes",
                item.regard().notes().stream()
                        .map(note -> note.in(edition.reads()))
                        .toList());
        view.put("looking", item.regard().looking());
        view.put("seeking", item.regard().seeking());
        Interest mine = item.regard().mine();
        view.put("interest", mine == null ? null : mine.code());
        view.put("before", before == null ? null : deadline(before, edition.built()));
        return view;
    }

    /** The calls that look like this one. */
    public static List<Map<String, @Nullable Object>> alsoAt(Call call) {
        return call.alsoAt().stream()
                .map(other -> {
                    var view = new LinkedHashMap<String, @Nullable Object>();
                    view.put("call", other.id().toString());
                    view.put("url", other.url());
                    return (Map<String, @Nullable Object>) view;
                })
                .toList();
    }

    /** A deadline, its state as of that moment. */
    public static Map<String, @Nullable Object> deadline(Deadline deadline, Instant now) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("state", deadline.state(now).code());
        Deadline.@Nullable Dated dated = deadline instanceof Deadline.Dated each ? each : null;
        view.put("date", dated == null ? null : dated.date().toString());
        view.put("time", dated == null ? null : time(dated.time()));
        view.put("zone", dated == null ? null : dated.zone().getId());
        view.put("instant", dated == null ? null : dated.instant().toString());
        view.put("origin", deadline.origin() == null ? null : deadline.origin().code());
        view.put("quote", deadline.quote());
        view.put("doubtful", deadline.doubtful());
        return view;
    }

    /** HH:MM, with seconds where they say something. */
    public static @Nullable String time(@Nullable LocalTime time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
