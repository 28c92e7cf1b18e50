package coop.vigie.pipeline;

import coop.vigie.call.CallStore;
import coop.vigie.config.Rate;
import coop.vigie.curate.CurationStore;
import coop.vigie.curate.MarkStore;
import coop.vigie.curate.ReminderStore;
import coop.vigie.deliver.Outbox;
import coop.vigie.deliver.Transport;
import coop.vigie.digest.Answers;
import coop.vigie.digest.Archive;
import coop.vigie.digest.Block;
import coop.vigie.digest.Block.SilentSource;
import coop.vigie.digest.Edition;
import coop.vigie.digest.Frame;
import coop.vigie.digest.Item;
import coop.vigie.digest.Letter;
import coop.vigie.digest.Rendered;
import coop.vigie.digest.Renderer;
import coop.vigie.group.ChannelAddress;
import coop.vigie.group.Group;
import coop.vigie.group.GroupStore;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.match.MatchStore;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.Stage;
import coop.vigie.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** After so long without a word a reader hears that all is well. */
    private static final Duration MONTH = Duration.ofDays(30);

    private final Database members;
    private final GroupStore groups;
    private final LedgerStore ledger;
    private final Outbox outbox;
    private final Road road;
    private final Sender sender;
    private final Instant now;
    private final Drafting drafting;
    private final Wrapping wrapping;
    private final ReminderStore reminders;

    /**
     * What stands on and around every message.
     *
     * @param from sender, with a name if wanted
     * @param list stable identifier in the form of a host name
     * @param languages in which frames exist, the default first
     * @param silent sources that could not be read
     * @param frame for a language
     */
    public record Sender(
            String from,
            Optional<String> replyTo,
            String list,
            List<String> languages,
            List<SilentSource> silent,
            Function<String, Frame> frame) {}

    /**
     * How messages leave.
     *
     * @param open called once for each run; what it gives is closed at its end
     * @param rate null for as fast as it goes; likewise {@code perDomainRate}
     * @param patience the longest wait for a rate; what would wait longer is left to the next run
     * @param mails false while the mail server is let be: only channels that need none are served
     */
    public record Road(
            Supplier<Transport> open,
            @Nullable Rate rate,
            @Nullable Rate perDomainRate,
            Duration patience,
            boolean mails) {

        boolean isOpenTo(String recipient) {
            return mails || !ChannelAddress.isMail(recipient);
        }

        Pace pace() {
            return new Pace(rate, perDomainRate);
        }

        Delivery.RealTime time() {
            return new Delivery.RealTime(
                    InstantSource.system(), pause -> LockSupport.parkNanos(pause.toNanos()), patience);
        }
    }

    public DigestRun(
            Database members,
            GroupStore groups,
            MatchStore matches,
            LedgerStore ledger,
            Outbox outbox,
            CallStore calls,
            Renderer renderer,
            Road road,
            Sender sender,
            Instant now) {
        this.members = members;
        this.groups = groups;
        this.ledger = ledger;
        this.outbox = outbox;
        this.road = road;
        this.sender = sender;
        this.now = now;
        this.reminders = new ReminderStore(members);
        var regards = new Regards(new CurationStore(members), new MarkStore(members), reminders, now);
        this.drafting = new Drafting(matches, ledger, outbox, calls, sender.silent(), regards, now);
        this.wrapping = new Wrapping(renderer, sender, drafting, now);
    }

    /** An edition as it would be mailed. */
    public record Preview(Edition edition, Rendered rendered) {}

    /** What the public archive shows, a section for each group that is public. */
    public List<Archive.Section> published() {
        return new Publishing(members, outbox, drafting, now).sections(groups.all(), sender.languages());
    }

    /** Makes a draft for everybody of these groups who has something new; nothing is reserved and nothing leaves. */
    public List<Edition> build(Predicate<Group> which) {
        List<Edition> drafts = new ArrayList<>();
        for (Recipient recipient : recipients(which)) {
            members.write(handle -> {
                outbox.discardDraft(
                        handle, recipient.address(), recipient.cadence().code());
                Edition edition = drafting.compose(handle, recipient);
                if (edition.speaks()) {
                    outbox.saveDraft(handle, edition, recipient.cadence().code());
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
                .filter(recipient ->
                        as.isEmpty() || recipient.address().equals(as.get().value()))
                .map(recipient -> {
                    Edition edition = members.tryOut(handle -> drafting.compose(handle, recipient));
                    return new Preview(edition, wrapping.render(edition, recipient));
                })
                .toList();
    }

    /**
     * Sends what is new to everybody of these groups, and before that whatever an earlier run left unfinished. Runs that
     * come at the same time take turns, since what one is sending looks unfinished to the other.
     *
     * @param each called with every message, as soon as its fate is known
     */
    public Sending send(Predicate<Group> which, Consumer<Sent> each) {
        return sending(each, recipients(which), any -> true, this::freeze);
    }

    /**
     * The same for those whose cadence says so. Who has heard nothing for a month hears that all is well, so that silence is
     * not mistaken for failure.
     */
    public Sending sendDue(Predicate<Group> which, Rhythm rhythm, Consumer<Sent> each) {
        return sending(
                each,
                recipients(which),
                recipient -> rhythm.isDue(recipient.cadence(), lastMoment(recipient)),
                (handle, recipient) -> freeze(handle, recipient).or(() -> {
                    outbox.quiet(
                            handle, recipient.address(), recipient.cadence().code(), now);
                    return freezeWell(handle, recipient);
                }));
    }

    /** When the recipient's rhythm last came round, with or without a mail. What lies ahead was written under another clock. */
    private Optional<Instant> lastMoment(Recipient recipient) {
        String rhythm = recipient.cadence().code();
        return Stream.of(outbox.lastRegular(recipient.address(), rhythm), outbox.lastQuiet(recipient.address(), rhythm))
                .flatMap(Optional::stream)
                .filter(moment -> !moment.isAfter(now))
                .max(Instant::compareTo);
    }

    private Optional<Outbox.Outgoing> freezeWell(Handle handle, Recipient recipient) {
        boolean quietMonth = outbox.lastWord(recipient.address())
                .filter(last -> !last.isAfter(now))
                .filter(last -> !last.plus(MONTH).isAfter(now))
                .isPresent();
        return recipient.channel() != null || !quietMonth
                ? Optional.empty()
                : Optional.of(freeze(handle, recipient, drafting.compose(handle, recipient), Outbox.Kind.WELL));
    }

    /**
     * Sends a short mail to everybody for whom something cannot wait for their next edition (promise P2). At most one a
     * day, but for what would close before the next one may go: a cadence never beats a deadline.
     */
    public Sending sendUrgent(Rhythm rhythm) {
        return sending(
                any -> {},
                recipients(any -> true),
                any -> true,
                (handle, recipient) -> freezeUrgent(handle, recipient, rhythm));
    }

    /**
     * A message to the operator.
     *
     * @param language of its words: fr, nl or en
     * @param frozen called once it is safe in the outbox
     */
    public record Notice(List<EmailAddress> to, String language, Rendered rendered, Runnable frozen) {}

    /**
     * Tells the operator, and sends nothing else. A crash between outbox and {@code frozen} writes it a second time: better
     * twice than never.
     *
     * @param notice asked for when it is this run's turn, so that two runs at once do not both send it
     */
    public Sending tell(Supplier<Optional<Notice>> notice) {
        return members.alone("sending", () -> {
            Optional<Notice> due = notice.get();
            if (due.isEmpty()) {
                return new Sending(List.of(), Optional.empty());
            }
            Rendered rendered = due.get().rendered();
            String language = due.get().language();
            List<Outbox.Outgoing> frozen = members.write(handle -> due.get().to().stream()
                    .map(to -> freeze(handle, to, language, Outbox.Kind.ALARM, rendered, answers(language, null)))
                    .toList());
            due.get().frozen().run();
            return deliver(frozen);
        });
    }

    /** A letter to one person, and the token with which they answer it. */
    record Addressed(EmailAddress to, Letter letter, String token) {}

    /**
     * Sends letters, and nothing else.
     *
     * @param letters asked for inside the transaction that freezes them
     */
    Sending post(Function<Handle, List<Addressed>> letters) {
        return members.alone(
                "sending",
                () -> deliver(members.write(handle -> letters.apply(handle).stream()
                        .map(each -> {
                            String language = each.letter().language();
                            Answers answers = answers(language, each.token());
                            Rendered rendered = wrapping.render(each.letter(), answers);
                            return freeze(handle, each.to(), language, Outbox.Kind.LETTER, rendered, answers);
                        })
                        .toList())));
    }

    /**
     * Somebody who gets what many get.
     *
     * @param language of the frame
     */
    record Reader(EmailAddress to, String language) {}

    /**
     * Sends to everybody what many get and is no digest: to each once, whatever happened in earlier runs, which are gone on
     * with. Each one's mail is frozen in a transaction of its own, so that a crash costs nobody their mail, and nobody
     * gets two of them.
     *
     * @param once what tells one such mail from the others of its kind
     * @param mail in a reader's language, asked for when it is their turn
     */
    Sending circulate(
            Outbox.Kind kind,
            String once,
            List<Reader> readers,
            BiFunction<String, Frame, Rendered> mail,
            Consumer<Sent> each) {
        return members.alone("sending", () -> {
            for (Reader reader : readers) {
                members.write(handle -> outbox.has(handle, reader.to().value(), kind, once)
                        || freeze(handle, kind, once, reader, mail));
            }
            List<Sent> messages = new ArrayList<>();
            try (Transport transport = road.open().get()) {
                var delivery = new Delivery(members, outbox, ledger, transport, road.pace(), road.time(), now);
                // What was frozen just now is among it.
                delivery.deliver(delivery.due(kind, once), sent -> {
                    messages.add(sent);
                    each.accept(sent);
                });
                return new Sending(messages, delivery.down());
            }
        });
    }

    private boolean freeze(
            Handle handle, Outbox.Kind kind, String once, Reader reader, BiFunction<String, Frame, Rendered> mail) {
        var edition = new Edition(
                outbox.nextId(handle),
                reader.to().value(),
                List.of(),
                reader.language(),
                List.of(reader.language()),
                now,
                List.of());
        Wrapping.Wrapped wrapped = wrapping.wrap(handle, reader.to(), edition, mail);
        outbox.freeze(handle, edition, kind, once, wrapped.messageId(), wrapped.bytes());
        return true;
    }

    private Sending deliver(List<Outbox.Outgoing> frozen) {
        if (frozen.isEmpty()) {
            return new Sending(List.of(), Optional.empty());
        }
        List<Sent> messages = new ArrayList<>();
        try (Transport transport = road.open().get()) {
            var delivery = new Delivery(members, outbox, ledger, transport, road.pace(), road.time(), now);
            delivery.deliver(frozen, messages::add);
            return new Sending(messages, delivery.down());
        }
    }

    private Answers answers(String language, @Nullable String token) {
        return new Answers(sender.frame().apply(language).answers().address(), token);
    }

    private Outbox.Outgoing freeze(
            Handle handle, EmailAddress to, String language, Outbox.Kind kind, Rendered rendered, Answers answers) {
        var edition =
                new Edition(outbox.nextId(handle), to.value(), List.of(), language, List.of(language), now, List.of());
        Wrapping.Wrapped wrapped = wrapping.letter(edition, rendered, answers);
        outbox.freeze(handle, edition, kind, "", wrapped.messageId(), wrapped.bytes());
        return new Outbox.Outgoing(edition.id(), to.value(), wrapped.messageId());
    }

    private interface Freezing {
        Optional<Outbox.Outgoing> freeze(Handle handle, Recipient recipient);
    }

    /** Also where nothing can leave, everybody's mail is frozen: it goes out as soon as something can. Not so for whom a message has just failed. */
    private Sending sending(
            Consumer<Sent> each, List<Recipient> recipients, Predicate<Recipient> due, Freezing freezing) {
        return members.alone("sending", () -> {
            List<Sent> messages = new ArrayList<>();
            Consumer<Sent> note = sent -> {
                messages.add(sent);
                each.accept(sent);
            };
            try (Transport transport = road.open().get()) {
                var delivery = new Delivery(members, outbox, ledger, transport, road.pace(), road.time(), now);
                delivery.deliver(
                        delivery.due().stream()
                                .filter(message -> road.isOpenTo(message.recipient()))
                                .toList(),
                        note);
                List<Outbox.Outgoing> frozen = recipients.stream()
                        .filter(recipient -> road.isOpenTo(recipient.address()))
                        .filter(recipient -> !delivery.rests(recipient.address()))
                        .filter(due)
                        .map(recipient -> members.write(handle -> freezing.freeze(handle, recipient)))
                        .flatMap(Optional::stream)
                        .toList();
                delivery.deliver(frozen, note);
                return new Sending(messages, delivery.down());
            }
        });
    }

    private Optional<Outbox.Outgoing> freezeUrgent(Handle handle, Recipient recipient, Rhythm rhythm) {
        Edition whole = drafting.compose(handle, recipient);
        List<Block> urgent = Urgent.of(whole.blocks(), now, rhythm.next(recipient.cadence()));
        if (urgent.isEmpty()) {
            return Optional.empty();
        }
        Instant earliest = outbox.lastShort(recipient.address())
                .filter(last -> !last.isAfter(now))
                .map(last -> last.plus(BETWEEN_SHORT_MAILS))
                .orElse(now);
        if (earliest.isAfter(now) && Urgent.firstDate(urgent, now).isAfter(earliest)) {
            return Optional.empty();
        }
        return Optional.of(freeze(handle, recipient, whole.with(urgent), Outbox.Kind.SHORT));
    }

    private List<Recipient> recipients(Predicate<Group> which) {
        return Recipient.of(groups.all().stream().filter(which).toList(), sender.languages());
    }

    private Optional<Outbox.Outgoing> freeze(Handle handle, Recipient recipient) {
        Edition edition = usableDraft(handle, recipient).orElseGet(() -> drafting.compose(handle, recipient));
        return edition.speaks()
                ? Optional.of(freeze(handle, recipient, edition, Outbox.Kind.REGULAR))
                : Optional.empty();
    }

    private Outbox.Outgoing freeze(Handle handle, Recipient recipient, Edition edition, Outbox.Kind kind) {
        // First the ledger: a feed holds all that was told, this edition included.
        ledger.reserve(handle, recipient.address(), edition.id(), told(edition), now);
        Wrapping.Wrapped wrapped = wrapping.wrap(handle, recipient, edition);
        if (recipient.channel() == null) {
            remember(handle, edition);
        }
        outbox.freeze(handle, edition, kind, recipient.cadence().code(), wrapped.messageId(), wrapped.bytes());
        return new Outbox.Outgoing(edition.id(), recipient.address(), wrapped.messageId());
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
        Set<String> again = telling(present).stream().map(DigestRun::revision).collect(Collectors.toSet());
        Set<String> looked = telling(draft).stream().map(DigestRun::revision).collect(Collectors.toSet());
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
