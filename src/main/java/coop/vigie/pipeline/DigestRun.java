package coop.vigie.pipeline;

import coop.vigie.call.CallStore;
import coop.vigie.deliver.EmlFolder;
import coop.vigie.deliver.Envelope;
import coop.vigie.deliver.MessageBuilder;
import coop.vigie.deliver.Outbox;
import coop.vigie.digest.Block;
import coop.vigie.digest.Block.SilentSource;
import coop.vigie.digest.Candidate;
import coop.vigie.digest.Composer;
import coop.vigie.digest.Edition;
import coop.vigie.digest.Frame;
import coop.vigie.digest.Item;
import coop.vigie.digest.Rendered;
import coop.vigie.digest.Renderer;
import coop.vigie.digest.Told;
import coop.vigie.group.Group;
import coop.vigie.group.GroupStore;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.match.MatchStore;
import coop.vigie.match.ProfileKey;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.NoticeId;
import coop.vigie.notice.Stage;
import coop.vigie.notice.VigieException;
import coop.vigie.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Makes editions out of matches and ledger, and sends them. What goes to somebody is decided, rendered, frozen and
 * reserved in one transaction, so that two runs at once cannot tell anybody twice; only then does it leave.
 */
public final class DigestRun {

    /** A draft that a person looked at stays as it is for a day, unless one of its items has moved. */
    private static final Duration DRAFT_GOOD_FOR = Duration.ofHours(24);

    private static final Duration BETWEEN_SHORT_MAILS = Duration.ofHours(24);

    private final Database members;
    private final GroupStore groups;
    private final MatchStore matches;
    private final LedgerStore ledger;
    private final Outbox outbox;
    private final CallStore calls;
    private final Renderer renderer;
    private final EmlFolder folder;
    private final Sender sender;
    private final Instant now;
    private final Map<String, Call> knownCalls = new HashMap<>();
    private final MessageBuilder builder = new MessageBuilder();

    /**
     * What stands on and around every message.
     *
     * @param from sender, with a name if wanted
     * @param unsubscribe {@code mailto:} address
     * @param list stable identifier in the form of a host name
     * @param languages in which frames exist, the default first
     * @param silent sources that could not be read
     * @param frame for a language
     */
    public record Sender(
            String from,
            Optional<String> replyTo,
            String unsubscribe,
            String list,
            List<String> languages,
            List<SilentSource> silent,
            Function<String, Frame> frame) {}

    public DigestRun(
            Database members,
            GroupStore groups,
            MatchStore matches,
            LedgerStore ledger,
            Outbox outbox,
            CallStore calls,
            Renderer renderer,
            EmlFolder folder,
            Sender sender,
            Instant now) {
        this.members = members;
        this.groups = groups;
        this.matches = matches;
        this.ledger = ledger;
        this.outbox = outbox;
        this.calls = calls;
        this.renderer = renderer;
        this.folder = folder;
        this.sender = sender;
        this.now = now;
    }

    /**
     * One message and what became of it.
     *
     * @param file where it was written; empty if it was not
     */
    public record Sent(
            String recipient,
            String edition,
            String messageId,
            Outbox.State state,
            Optional<Path> file,
            String error) {}

    /** An edition as it would be mailed. */
    public record Preview(Edition edition, Rendered rendered) {}

    /** Makes a draft for everybody of these groups who has something new; nothing is reserved and nothing leaves. */
    public List<Edition> build(Predicate<Group> which) {
        List<Edition> drafts = new ArrayList<>();
        for (Recipient recipient : recipients(which)) {
            members.write(handle -> {
                outbox.discardDraft(handle, recipient.mail().value());
                Edition edition = compose(handle, recipient);
                if (edition.tells()) {
                    outbox.saveDraft(handle, edition);
                    drafts.add(edition);
                }
                return edition;
            });
        }
        return drafts;
    }

    /** What these people would get now, stored nowhere. */
    public List<Preview> preview(Predicate<Group> which, Optional<EmailAddress> as) {
        return recipients(which).stream()
                .filter(recipient -> as.isEmpty() || recipient.mail().equals(as.get()))
                .map(recipient -> members.tryOut(handle -> compose(handle, recipient)))
                .map(edition -> new Preview(edition, render(edition)))
                .toList();
    }

    /**
     * Sends what is new to everybody of these groups, and before that whatever an earlier run left unfinished. Runs that
     * come at the same time take turns, since what one is sending looks unfinished to the other.
     *
     * @param due says for whom the time has come
     * @param each called with every message, as soon as its fate is known
     */
    public List<Sent> send(Predicate<Group> which, Predicate<Due> due, Consumer<Sent> each) {
        return members.alone("sending", () -> sendAlone(which, due, each));
    }

    private List<Sent> sendAlone(Predicate<Group> which, Predicate<Due> due, Consumer<Sent> each) {
        List<Sent> results = new ArrayList<>();
        Consumer<Sent> note = sent -> {
            results.add(sent);
            each.accept(sent);
        };
        outbox.outgoing().forEach(message -> note.accept(deliver(message)));
        for (Recipient recipient : recipients(which)) {
            String mail = recipient.mail().value();
            if (due.test(new Due(recipient.groups(), outbox.lastBuilt(mail, Outbox.Kind.REGULAR)))) {
                members.write(handle -> freeze(handle, recipient)).ifPresent(message -> note.accept(deliver(message)));
            }
        }
        return results;
    }

    /**
     * Sends a short mail to everybody for whom something cannot wait for their next edition (promise P2). At most one a
     * day, but for what would close before the next one may go: a cadence never beats a deadline.
     */
    public List<Sent> sendUrgent(Rhythm rhythm) {
        return members.alone("sending", () -> sendUrgentAlone(rhythm));
    }

    private List<Sent> sendUrgentAlone(Rhythm rhythm) {
        List<Sent> results = new ArrayList<>();
        for (Recipient recipient : recipients(any -> true)) {
            members.write(handle -> freezeUrgent(handle, recipient, rhythm))
                    .ifPresent(message -> results.add(deliver(message)));
        }
        return results;
    }

    private Optional<Outbox.Outgoing> freezeUrgent(Handle handle, Recipient recipient, Rhythm rhythm) {
        Edition whole = compose(handle, recipient);
        List<Block> urgent = Urgent.of(whole.blocks(), now, rhythm.next(recipient.groups()));
        if (urgent.isEmpty()) {
            return Optional.empty();
        }
        Instant earliest = outbox.lastBuilt(recipient.mail().value(), Outbox.Kind.SHORT)
                .map(last -> last.plus(BETWEEN_SHORT_MAILS))
                .orElse(now);
        if (earliest.isAfter(now) && Urgent.firstDate(urgent, now).isAfter(earliest)) {
            return Optional.empty();
        }
        return Optional.of(freeze(handle, recipient, whole.with(urgent), Outbox.Kind.SHORT));
    }

    /**
     * A recipient, as far as cadence goes.
     *
     * @param lastBuilt when their last edition was made; empty for never
     */
    public record Due(List<Group> groups, Optional<Instant> lastBuilt) {}

    private List<Recipient> recipients(Predicate<Group> which) {
        return Recipient.of(groups.all().stream().filter(which).toList(), sender.languages());
    }

    private Optional<Outbox.Outgoing> freeze(Handle handle, Recipient recipient) {
        Edition edition = usableDraft(handle, recipient).orElseGet(() -> compose(handle, recipient));
        return edition.tells()
                ? Optional.of(freeze(handle, recipient, edition, Outbox.Kind.REGULAR))
                : Optional.empty();
    }

    private Outbox.Outgoing freeze(Handle handle, Recipient recipient, Edition edition, Outbox.Kind kind) {
        String mail = recipient.mail().value();
        var envelope = new Envelope(
                edition.id(),
                sender.from(),
                mail,
                sender.replyTo().orElse(null),
                sender.list(),
                sender.unsubscribe(),
                now);
        outbox.freeze(handle, edition, kind, envelope.messageId(), builder.build(render(edition), envelope));
        ledger.reserve(handle, mail, edition.id(), told(edition), now);
        return new Outbox.Outgoing(edition.id(), mail, envelope.messageId());
    }

    /** The recipient's draft, if it is still what a person would expect to go out; counted from this moment. */
    private Optional<Edition> usableDraft(Handle handle, Recipient recipient) {
        return outbox.draftOf(handle, recipient.mail().value())
                .filter(this::isFresh)
                .filter(draft -> holds(draft, compose(handle, recipient)))
                .map(draft -> draft.at(now));
    }

    /** True if everything the draft tells would still be told: nothing has closed, moved, or been told since. */
    private static boolean holds(Edition draft, Edition present) {
        Set<String> again = telling(present).stream().map(DigestRun::revision).collect(Collectors.toSet());
        return telling(draft).stream().map(DigestRun::revision).allMatch(again::contains);
    }

    private static String revision(Item item) {
        return item.call().id() + " " + item.call().revision();
    }

    private boolean isFresh(Edition draft) {
        return !draft.built().plus(DRAFT_GOOD_FOR).isBefore(now);
    }

    private Edition compose(Handle handle, Recipient recipient) {
        Map<String, Set<Reason>> wanted = new LinkedHashMap<>();
        for (Group group : recipient.groups()) {
            group.profiles()
                    .forEach(profile -> matches.of(handle, new ProfileKey(group.id(), profile.id()))
                            .forEach((call, reasons) -> wanted.computeIfAbsent(call, any -> new LinkedHashSet<>())
                                    .addAll(reasons)));
        }
        Map<String, LedgerStore.Entry> told = told(handle, recipient.mail().value());
        told.keySet().forEach(call -> wanted.computeIfAbsent(call, any -> new LinkedHashSet<>()));
        List<Candidate> candidates = new ArrayList<>();
        Map<String, Call> found = load(wanted.keySet());
        wanted.forEach((id, reasons) -> {
            Call call = found.get(id);
            if (call != null) {
                candidates.add(new Candidate(call, List.copyOf(reasons), told(told.get(id))));
            }
        });
        List<Block> blocks = Composer.compose(candidates, sender.silent(), now);
        return new Edition(
                outbox.nextId(handle),
                recipient.mail().value(),
                recipient.groupNames(),
                recipient.language(),
                recipient.reads(),
                now,
                blocks);
    }

    /** What a recipient was told, by the ids that calls have now. */
    private Map<String, LedgerStore.Entry> told(Handle handle, String recipient) {
        Map<String, LedgerStore.Entry> latest = ledger.latest(handle, recipient);
        Map<String, Call> present = load(latest.keySet());
        boolean carried = false;
        for (LedgerStore.Entry entry : latest.values()) {
            Call call = present.get(entry.callId());
            String id = call == null ? entry.callId() : call.id().toString();
            if (call != null && !latest.containsKey(id)) {
                ledger.carryOver(handle, recipient, entry, id, knows(entry, call) ? call.revision() : 0);
                carried = true;
            }
        }
        Map<String, LedgerStore.Entry> told = carried ? ledger.latest(handle, recipient) : latest;
        told.keySet()
                .removeIf(id -> present.containsKey(id)
                        && !present.get(id).id().toString().equals(id));
        return told;
    }

    /** True if what was told of a call that this one swallowed holds for this one, too. */
    private boolean knows(LedgerStore.Entry entry, Call call) {
        List<Instant> dates = call.facts().relevantInstants();
        long key = entry.deadline().sortKey();
        return entry.cancelled() == (call.stage() == Stage.CANCELLED)
                && (dates.isEmpty()
                        ? key == call.deadline(now).sortKey()
                        : dates.stream().anyMatch(date -> date.toEpochMilli() == key));
    }

    private static @Nullable Told told(LedgerStore.@Nullable Entry entry) {
        return entry == null ? null : new Told(entry.revision(), entry.deadline(), entry.cancelled());
    }

    /** Calls are read once a run, without their long text. */
    private Map<String, Call> load(Set<String> ids) {
        List<String> missing =
                ids.stream().filter(id -> !knownCalls.containsKey(id)).toList();
        calls.findAll(missing).forEach((id, call) -> knownCalls.put(id, call.withoutText()));
        // A call that another swallowed is found under its alias.
        for (String id : missing) {
            if (!knownCalls.containsKey(id)) {
                NoticeId.parse(id).flatMap(calls::find).ifPresent(call -> knownCalls.put(id, call.withoutText()));
            }
        }
        return knownCalls;
    }

    private static List<Item> telling(Edition edition) {
        return edition.blocks().stream()
                .filter(block -> block.name().telling())
                .flatMap(block -> block.items().stream())
                .toList();
    }

    private List<LedgerStore.Entry> told(Edition edition) {
        return telling(edition).stream()
                .map(Item::call)
                .map(call -> new LedgerStore.Entry(
                        call.id().toString(), call.revision(), call.deadline(now), call.stage() == Stage.CANCELLED))
                .toList();
    }

    private Rendered render(Edition edition) {
        return renderer.render(edition, sender.frame().apply(edition.language()));
    }

    /** Hands one frozen message over. Called again after a crash, it does the same thing to the same file. */
    private Sent deliver(Outbox.Outgoing message) {
        outbox.sending(message.editionId());
        try {
            Path file = folder.write(message.messageId(), outbox.message(message.editionId()));
            members.write(handle -> {
                outbox.sent(handle, message.editionId(), file.getFileName().toString());
                ledger.told(handle, message.editionId(), now);
                return true;
            });
            return new Sent(
                    message.recipient(),
                    message.editionId(),
                    message.messageId(),
                    Outbox.State.SENT,
                    Optional.of(file),
                    "");
        } catch (VigieException failure) {
            // A full disk today is no reason to lose the mail: it stays in the outbox and is tried again.
            return new Sent(
                    message.recipient(),
                    message.editionId(),
                    message.messageId(),
                    Outbox.State.PENDING,
                    Optional.empty(),
                    String.valueOf(failure.getMessage()));
        }
    }
}
