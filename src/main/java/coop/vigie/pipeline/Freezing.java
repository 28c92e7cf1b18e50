package coop.vigie.pipeline;

import coop.vigie.curate.ReminderStore;
import coop.vigie.deliver.Outbox;
import coop.vigie.deliver.Outbox.Outgoing;
import coop.vigie.digest.Block;
import coop.vigie.digest.Edition;
import coop.vigie.digest.Item;
import coop.vigie.group.Group;
import coop.vigie.group.GroupId;
import coop.vigie.group.MemberStore;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.Stage;
import coop.vigie.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Freezes what recipients are to get: edition, message and reservations in the ledger are one transaction. Persons are served
 * several at once. What they get is decided in one transaction, made into mails on all processors, and frozen in another
 * one, which leaves out who has left meanwhile; nobody stands in it twice, and nobody else sends, so that what was decided
 * still holds.
 */
final class Freezing {

    /** Few enough that others who write wait for no more than a blink. */
    private static final int AT_ONCE = 24;

    /** While the mails of one group are made, the next group is decided, and the one before is frozen. */
    private static final int GROUPS_AT_ONCE = 2;

    /** A draft that a person looked at stays as it is for a day, unless one of its items has moved. */
    private static final Duration DRAFT_GOOD_FOR = Duration.ofHours(24);

    private final Database members;
    private final MemberStore memberships;
    private final LedgerStore ledger;
    private final Outbox outbox;
    private final Drafting drafting;
    private final Wrapping wrapping;
    private final ReminderStore reminders;
    private final Instant now;

    Freezing(
            Database members,
            LedgerStore ledger,
            Outbox outbox,
            Drafting drafting,
            Wrapping wrapping,
            ReminderStore reminders,
            Instant now) {
        this.members = members;
        this.memberships = new MemberStore(members);
        this.ledger = ledger;
        this.outbox = outbox;
        this.drafting = drafting;
        this.wrapping = wrapping;
        this.reminders = reminders;
        this.now = now;
    }

    /**
     * What a recipient is to get.
     *
     * @param edition null for nothing
     * @param quiet true if their rhythm came round with nothing to say, which is to be noted
     */
    record Chosen(@Nullable Edition edition, Outbox.Kind kind, boolean quiet) {

        static final Chosen NOTHING = new Chosen(null, Outbox.Kind.REGULAR, false);

        static Chosen of(Edition edition, Outbox.Kind kind) {
            return new Chosen(edition, kind, false);
        }

        /** The same with that id, unless it has one, as drafts do. */
        Chosen named(String id) {
            return edition != null && edition.id().equals(Edition.UNNAMED)
                    ? new Chosen(edition.named(id), kind, quiet)
                    : this;
        }
    }

    /** Decides what a recipient is to get. */
    interface Choice {
        Chosen of(Handle handle, Recipient recipient);
    }

    /**
     * Freezes for all of these, in their order but for who comes twice. A mail that cannot be decided or made keeps back nobody else's: what
     * one of them throws is thrown at the end, unless none of a group can be made, as where a template is broken.
     *
     * @param due asked when it is a recipient's turn
     * @param makers on which mails are made
     * @param frozen takes what is frozen, as soon as it is; once it wants no more, nobody is begun any more
     */
    void all(
            List<Recipient> recipients,
            Predicate<Recipient> due,
            Choice choice,
            ExecutorService makers,
            Frozen frozen) {
        var waiting = new ArrayDeque<>(recipients);
        var making = new ArrayDeque<Making>();
        @Nullable RuntimeException failure = null;
        while (frozen.isWanted() && !(waiting.isEmpty() && making.isEmpty())) {
            List<Recipient> persons = making.size() < GROUPS_AT_ONCE ? differentPersons(waiting, making) : List.of();
            if (!persons.isEmpty()) {
                making.add(begin(persons, due, choice, makers));
            } else if (!making.isEmpty()) {
                Ended ended = ended(making.remove());
                List<Made> made = ended.made();
                failure = failure == null ? ended.failure() : failure;
                if (made.isEmpty() && ended.failure() != null) {
                    throw ended.failure();
                }
                frozen.add(
                        made.isEmpty() ? List.of() : members.write(handle -> freeze(handle, stillThere(handle, made))));
            } else {
                Recipient channel = waiting.removeFirst();
                try {
                    if (due.test(channel)) {
                        frozen.add(members.write(handle -> channel(handle, channel, choice)));
                    }
                } catch (RuntimeException ofChannel) {
                    failure = failure == null ? ofChannel : failure;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Persons whose mails are being made. */
    private record Making(List<Recipient> persons, List<Future<Made>> mails) {}

    private record Made(Recipient recipient, Chosen chosen, Wrapping.@Nullable Mail mail) {}

    /**
     * Takes out the first few, up to a channel. Who comes again, with another rhythm, waits: what they get depends on what they have
     * got.
     */
    private static List<Recipient> differentPersons(Collection<Recipient> waiting, Collection<Making> making) {
        List<Recipient> persons = new ArrayList<>();
        Set<String> underWay = making.stream()
                .flatMap(each -> each.persons().stream())
                .map(Recipient::address)
                .collect(Collectors.toCollection(HashSet::new));
        Iterator<Recipient> all = waiting.iterator();
        while (all.hasNext() && persons.size() < AT_ONCE) {
            Recipient next = all.next();
            if (next.channel() != null) {
                break;
            }
            if (underWay.add(next.address())) {
                persons.add(next);
                all.remove();
            }
        }
        return persons;
    }

    /**
     * Decides what these persons get, and lets it be made. Nobody else tells them anything meanwhile, so that no transaction is needed
     * that would hold up what is leaving.
     */
    private Making begin(List<Recipient> persons, Predicate<Recipient> due, Choice choice, ExecutorService makers) {
        List<Recipient> theirTurn = persons.stream().filter(due).toList();
        List<Decided> decided = theirTurn.isEmpty()
                ? List.of()
                : members.read(handle -> theirTurn.stream()
                        .map(recipient -> decided(handle, recipient, choice))
                        .filter(each -> !each.chosen().equals(Chosen.NOTHING) || each.failure() != null)
                        .toList());
        Iterator<String> ids = decided.isEmpty()
                ? Collections.emptyIterator()
                : members.write(handle -> outbox.nextIds(handle, decided.size()))
                        .iterator();
        return new Making(
                persons,
                decided.stream()
                        .map(each -> each.named(ids.next()))
                        .map(each -> mail(each, makers))
                        .toList());
    }

    /** @param failure null if it could be decided */
    private record Decided(
            Recipient recipient, Chosen chosen, @Nullable RuntimeException failure) {
        Decided named(String id) {
            return new Decided(recipient, chosen.named(id), failure);
        }
    }

    private static Decided decided(Handle handle, Recipient recipient, Choice choice) {
        try {
            return new Decided(recipient, choice.of(handle, recipient), null);
        } catch (RuntimeException failure) {
            return new Decided(recipient, Chosen.NOTHING, failure);
        }
    }

    private Future<Made> mail(Decided decided, ExecutorService makers) {
        return decided.failure() == null
                ? makers.submit(() -> make(new Made(decided.recipient(), decided.chosen(), null)))
                : CompletableFuture.failedFuture(decided.failure());
    }

    private Made make(Made decided) {
        Edition edition = decided.chosen().edition();
        return edition == null
                ? decided
                : new Made(
                        decided.recipient(),
                        decided.chosen(),
                        wrapping.personal(
                                decided.recipient(), edition, decided.chosen().kind()));
    }

    /** @param failure of the first that could not be made; null if all could */
    private record Ended(List<Made> made, @Nullable RuntimeException failure) {}

    /** Waits for all of them. */
    private static Ended ended(Making making) {
        List<Made> made = new ArrayList<>();
        @Nullable RuntimeException failure = null;
        for (Future<Made> each : making.mails()) {
            try {
                made.add(each.get());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("nobody interrupts the freezing", stopped);
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof RuntimeException told)) {
                    throw new IllegalStateException(failed);
                }
                failure = failure == null ? told : failure;
            }
        }
        return new Ended(made, failure);
    }

    /** Nobody is written to who left, or was erased, while their mail was being made. */
    private List<Made> stillThere(Handle handle, List<Made> made) {
        Map<EmailAddress, Set<GroupId>> active = memberships.active(
                handle,
                made.stream()
                        .map(each -> new EmailAddress(each.recipient().address()))
                        .toList());
        return made.stream()
                .filter(each -> each.recipient().groups().stream()
                        .map(Group::id)
                        .allMatch(active.getOrDefault(
                                new EmailAddress(each.recipient().address()), Set.of())::contains))
                .toList();
    }

    private List<Outgoing> freeze(Handle handle, List<Made> made) {
        for (Made each : made) {
            if (each.chosen().quiet()) {
                Recipient recipient = each.recipient();
                outbox.quiet(handle, recipient.address(), recipient.cadence().code(), now);
            }
        }
        List<Wrapping.Mail> mails =
                made.stream().map(Made::mail).filter(Objects::nonNull).toList();
        if (mails.isEmpty()) {
            return List.of();
        }
        List<Outbox.Fixed> fixed = mails.stream().map(Wrapping.Mail::fixed).toList();
        ledger.reserve(
                handle, fixed.stream().map(each -> reservation(each.edition())).toList(), now);
        wrapping.keepTokens(handle, mails);
        fixed.forEach(each -> remember(handle, each.edition()));
        outbox.freeze(handle, fixed);
        return fixed.stream()
                .map(each -> new Outgoing(each.edition().id(), each.edition().recipient(), each.messageId()))
                .toList();
    }

    private LedgerStore.Reservation reservation(Edition edition) {
        return new LedgerStore.Reservation(edition.recipient(), edition.id(), told(edition));
    }

    private List<Outgoing> channel(Handle handle, Recipient recipient, Choice choice) {
        Chosen chosen = choice.of(handle, recipient).named(outbox.nextId(handle));
        String rhythm = recipient.cadence().code();
        if (chosen.quiet()) {
            outbox.quiet(handle, recipient.address(), rhythm, now);
        }
        Edition edition = chosen.edition();
        if (edition == null) {
            return List.of();
        }
        // First the ledger: a feed holds all that was told, this edition included.
        ledger.reserve(handle, recipient.address(), edition.id(), told(edition), now);
        Wrapping.Wrapped wrapped = wrapping.channel(handle, recipient, edition);
        outbox.freeze(handle, edition, chosen.kind(), rhythm, wrapped.messageId(), wrapped.bytes());
        return List.of(new Outgoing(edition.id(), recipient.address(), wrapped.messageId()));
    }

    /** Each reminder is made once, wherever in the mail its call stands. */
    private void remember(Handle handle, Edition edition) {
        for (Item item : edition.items()) {
            Integer days = item.regard().reminder();
            if (days != null) {
                var made = new ReminderStore.Made(
                        item.call().id().toString(), item.call().revision(), days);
                reminders.made(handle, new EmailAddress(edition.recipient()), made, edition.id());
            }
        }
    }

    /** What is new to a recipient, if there is anything. */
    Chosen news(Handle handle, Recipient recipient) {
        Edition edition = usableDraft(handle, recipient).orElseGet(() -> drafting.compose(handle, recipient));
        return edition.speaks() ? Chosen.of(edition, Outbox.Kind.REGULAR) : Chosen.NOTHING;
    }

    /** The recipient's draft, if it is still what a person would expect to go out; counted from this moment. */
    private Optional<Edition> usableDraft(Handle handle, Recipient recipient) {
        return outbox.draftOf(handle, recipient.address(), recipient.cadence().code())
                .filter(this::isFresh)
                .filter(draft -> holds(draft, drafting.compose(handle, recipient)))
                .map(draft -> draft.at(now));
    }

    /** True if everything the draft tells would still be told: nothing has closed, moved, or been told since; and if it reminds of the same. */
    private static boolean holds(Edition draft, Edition present) {
        if (!reminding(draft).equals(reminding(present))) {
            return false;
        }
        Set<String> again = telling(present).stream().map(Freezing::revision).collect(Collectors.toSet());
        Set<String> looked = telling(draft).stream().map(Freezing::revision).collect(Collectors.toSet());
        // What has changed since, or closes soon, does not wait behind a draft.
        boolean hurries = present.blocks().stream()
                .filter(block -> block.name() == Block.Name.CHANGED || block.name() == Block.Name.CLOSING_SOON)
                .flatMap(block -> block.items().stream())
                .anyMatch(item -> !looked.contains(revision(item)));
        return !hurries && again.containsAll(looked);
    }

    private static List<String> reminding(Edition edition) {
        return edition.items().stream()
                .filter(item -> item.regard().reminder() != null)
                .map(item -> revision(item) + " " + item.regard().reminder())
                .toList();
    }

    private static String revision(Item item) {
        return item.call().id() + " " + item.call().revision();
    }

    private boolean isFresh(Edition draft) {
        return !draft.built().plus(DRAFT_GOOD_FOR).isBefore(now);
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
}
