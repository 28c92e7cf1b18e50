package coop.vigie.pipeline;

import coop.vigie.curate.Choice;
import coop.vigie.curate.CurationStore;
import coop.vigie.curate.Interest;
import coop.vigie.curate.Mark;
import coop.vigie.curate.MarkStore;
import coop.vigie.curate.ReminderStore;
import coop.vigie.digest.Item.Regard;
import coop.vigie.group.Channel;
import coop.vigie.group.Group;
import coop.vigie.group.GroupId;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.LocalText;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What persons make of calls, as one recipient after the other is to see it. Groups' choices and members' marks are read once a run. */
final class Regards {

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    private final CurationStore curations;
    private final MarkStore marks;
    private final ReminderStore reminders;
    private final Instant now;

    private final Map<GroupId, Map<String, Choice>> choices = new HashMap<>();
    private @Nullable Map<String, Map<EmailAddress, Mark>> marked;

    Regards(CurationStore curations, MarkStore marks, ReminderStore reminders, Instant now) {
        this.curations = curations;
        this.marks = marks;
        this.reminders = reminders;
        this.now = now;
    }

    /** @param calls calls by id; one that another swallowed stands under its old id, too */
    Reader of(Handle handle, Recipient recipient, Function<Set<String>, Map<String, Call>> calls) {
        if (marked == null) {
            marked = marked(handle, calls);
        }
        Map<GroupId, Map<String, Choice>> theirs = new LinkedHashMap<>();
        for (Group group : recipient.groups()) {
            theirs.put(
                    group.id(),
                    choices.computeIfAbsent(group.id(), id -> present(curations.of(handle, id), calls, Choice::and)));
        }
        return new Reader(handle, recipient, theirs, marked);
    }

    private Map<String, Map<EmailAddress, Mark>> marked(Handle handle, Function<Set<String>, Map<String, Call>> calls) {
        Map<String, Map<EmailAddress, Mark>> byCall = new HashMap<>();
        for (MarkStore.Marked each : marks.all(handle)) {
            byCall.computeIfAbsent(each.call(), any -> new HashMap<>()).put(each.mail(), each.mark());
        }
        return present(byCall, calls, (one, other) -> {
            Map<EmailAddress, Mark> both = new HashMap<>(one);
            other.forEach((mail, mark) -> both.merge(mail, mark, MarkStore::later));
            return both;
        });
    }

    /** By the ids that calls have now. */
    private static <T> Map<String, T> present(
            Map<String, T> byOldId, Function<Set<String>, Map<String, Call>> calls, BinaryOperator<T> both) {
        Map<String, Call> found = byOldId.isEmpty() ? Map.of() : calls.apply(byOldId.keySet());
        Map<String, T> present = new HashMap<>();
        byOldId.forEach((id, value) -> {
            Call call = found.get(id);
            present.merge(call == null ? id : call.id().toString(), value, both);
        });
        return present;
    }

    /** One recipient. */
    final class Reader {

        private final Handle handle;
        private final Recipient recipient;
        private final Map<GroupId, Map<String, Choice>> choices;
        private final Map<String, Map<EmailAddress, Mark>> marked;
        private final Set<EmailAddress> fellows;
        private final @Nullable EmailAddress self;
        private final Set<String> shown = new HashSet<>();

        private Reader(
                Handle handle,
                Recipient recipient,
                Map<GroupId, Map<String, Choice>> choices,
                Map<String, Map<EmailAddress, Mark>> marked) {
            this.handle = handle;
            this.recipient = recipient;
            this.choices = choices;
            this.marked = marked;
            this.fellows = marked.isEmpty() ? Set.of() : recipient.fellows();
            this.self = recipient.channel() != null ? null : new EmailAddress(recipient.address());
        }

        /** One of their groups looks for this call. */
        void matched(Group group, String call) {
            if (!choice(group.id(), call).hidden()) {
                shown.add(call);
            }
        }

        private Choice choice(GroupId group, String call) {
            return choices.getOrDefault(group, Map.of()).getOrDefault(call, Choice.NONE);
        }

        private List<Choice> of(Call call) {
            return choices.values().stream()
                    .map(chosen -> chosen.get(call.id().toString()))
                    .filter(Objects::nonNull)
                    .toList();
        }

        private @Nullable Mark mine(Call call) {
            return self == null ? null : marks(call).get(self);
        }

        private Map<EmailAddress, Mark> marks(Call call) {
            return marked.getOrDefault(call.id().toString(), Map.of());
        }

        /** True if they hid it themselves, or one of their groups did and no other brings it. */
        boolean hides(Call call) {
            Mark mine = mine(call);
            boolean forThem = mine != null && mine.hidden();
            boolean forGroup =
                    !shown.contains(call.id().toString()) && of(call).stream().anyMatch(Choice::hidden);
            return forThem || forGroup;
        }

        Regard regard(Call call) {
            // What persons make of a call is for the group, and not for everybody.
            if (recipient.channel() instanceof Channel.Site) {
                return Regard.NONE;
            }
            List<Choice> chosen = of(call);
            List<LocalText> notes = chosen.stream()
                    .map(Choice::note)
                    .filter(note -> !note.isEmpty())
                    .toList();
            Mark mine = mine(call);
            var regard = new Regard(
                    chosen.stream().anyMatch(Choice::picked),
                    notes,
                    others(call, Interest.LOOKING),
                    others(call, Interest.SEEKING),
                    mine == null ? null : mine.interest(),
                    mine == null ? null : reminder(call, mine));
            return regard.equals(Regard.NONE) ? Regard.NONE : regard;
        }

        private int others(Call call, Interest interest) {
            return Math.toIntExact(marks(call).entrySet().stream()
                    .filter(each -> each.getValue().interest() == interest
                            && !each.getValue().hidden()
                            && fellows.contains(each.getKey()))
                    .count());
        }

        /** For which reminder it is time; null if none is due, or the due one was made. */
        private @Nullable Integer reminder(Call call, Mark mine) {
            boolean waits = mine.isAwaiting() && call.isOpen(now) && !hides(call);
            if (!waits || !(call.deadline(now) instanceof Deadline.Dated dated)) {
                return null;
            }
            OptionalInt due =
                    due(dated, recipient.reminders(), recipient.cadence().at(), mine.at(), now);
            if (due.isEmpty()) {
                return null;
            }
            OptionalInt last = reminders.last(handle, Objects.requireNonNull(self), call.ids(), call.revision());
            return last.isPresent() && last.getAsInt() <= due.getAsInt() ? null : due.getAsInt();
        }
    }

    /**
     * The reminder that is due: of several that were missed, the one closest to the deadline.
     *
     * @param at when they leave on their day, in Brussels
     * @param since what fell before that needs no making up: then they marked the call, and knew its date
     */
    static OptionalInt due(
            Deadline.Dated deadline, Collection<Integer> days, LocalTime at, Instant since, Instant now) {
        if (deadline.state(now) != Deadline.State.OPEN) {
            return OptionalInt.empty();
        }
        return days.stream()
                .mapToInt(each -> each)
                .filter(each -> {
                    Instant moment = moment(deadline, each, at);
                    return !moment.isAfter(now) && moment.isAfter(since);
                })
                .min();
    }

    private static Instant moment(Deadline.Dated deadline, int days, LocalTime at) {
        Instant moment = deadline.date().minusDays(days).atTime(at).atZone(ZONE).toInstant();
        return moment.isBefore(deadline.instant())
                ? moment
                : deadline.date().minusDays(days).atStartOfDay(ZONE).toInstant();
    }
}
