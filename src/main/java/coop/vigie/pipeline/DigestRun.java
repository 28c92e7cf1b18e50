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
import coop.vigie.digest.Letter;
import coop.vigie.digest.Rendered;
import coop.vigie.digest.Renderer;
import coop.vigie.group.ChannelAddress;
import coop.vigie.group.Group;
import coop.vigie.group.GroupStore;
import coop.vigie.group.MemberStore;
import coop.vigie.group.Status;
import coop.vigie.ledger.LedgerStore;
import coop.vigie.match.MatchStore;
import coop.vigie.notice.EmailAddress;
import coop.vigie.pipeline.Freezing.Chosen;
import coop.vigie.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Makes editions out of matches and ledger, and sends them. What goes to somebody is frozen and reserved in one transaction,
 * and one run decides at a time, so that two at once cannot tell anybody twice; only then does it leave.
 */
public final class DigestRun {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

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
    private final Freezing freezing;

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
        var reminders = new ReminderStore(members);
        var regards = new Regards(new CurationStore(members), new MarkStore(members), reminders, now);
        this.drafting = new Drafting(matches, ledger, calls, sender.silent(), regards, now);
        this.wrapping = new Wrapping(renderer, outbox, sender, drafting, now);
        this.freezing = new Freezing(members, ledger, outbox, drafting, wrapping, reminders, now);
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
                Edition edition = drafting.compose(handle, recipient).named(outbox.nextId(handle));
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
                    Edition edition = members.tryOut(
                            handle -> drafting.compose(handle, recipient).named(outbox.nextId(handle)));
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
        return sending(each, which, any -> true, freezing::news);
    }

    /**
     * The same for those whose cadence says so. Who has heard nothing for a month hears that all is well, so that silence is
     * not mistaken for failure.
     */
    public Sending sendDue(Predicate<Group> which, Rhythm rhythm, Consumer<Sent> each) {
        return sending(
                each,
                which,
                recipient -> rhythm.isDue(recipient.cadence(), lastMoment(recipient)),
                (handle, recipient) -> {
                    Chosen news = freezing.news(handle, recipient);
                    return news.edition() == null ? quiet(handle, recipient) : news;
                });
    }

    /** When the recipient's rhythm last came round, with or without a mail. What lies ahead was written under another clock. */
    private Optional<Instant> lastMoment(Recipient recipient) {
        String rhythm = recipient.cadence().code();
        return Stream.of(outbox.lastRegular(recipient.address(), rhythm), outbox.lastQuiet(recipient.address(), rhythm))
                .flatMap(Optional::stream)
                .filter(moment -> !moment.isAfter(now))
                .max(Instant::compareTo);
    }

    private Chosen quiet(Handle handle, Recipient recipient) {
        boolean quietMonth = outbox.lastWord(recipient.address())
                .filter(last -> !last.isAfter(now))
                .filter(last -> !last.plus(MONTH).isAfter(now))
                .isPresent();
        Edition well = recipient.channel() != null || !quietMonth ? null : drafting.compose(handle, recipient);
        return new Chosen(well, Outbox.Kind.WELL, true);
    }

    /**
     * Sends a short mail to everybody for whom something cannot wait for their next edition (promise P2). At most one a
     * day, but for what would close before the next one may go: a cadence never beats a deadline.
     */
    public Sending sendUrgent(Rhythm rhythm) {
        return sending(any -> {}, any -> true, any -> true, (handle, recipient) -> urgent(handle, recipient, rhythm));
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
                        || hasLeft(handle, reader.to())
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

    /** Somebody who is no member at all, as one of a team, cannot leave. */
    private boolean hasLeft(Handle handle, EmailAddress reader) {
        var memberships = new MemberStore(members);
        List<MemberStore.Membership> theirs = memberships.of(handle, reader);
        return memberships.isErased(handle, reader)
                || (!theirs.isEmpty()
                        && theirs.stream().noneMatch(each -> each.member().status() == Status.ACTIVE));
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

    /**
     * Also where nothing can leave, everybody's mail is frozen: it goes out as soon as something can. Not so for whom a message
     * has just failed. Messages leave from this thread, and while they do others are frozen; those threads end with the run.
     */
    private Sending sending(
            Consumer<Sent> each, Predicate<Group> which, Predicate<Recipient> due, Freezing.Choice choice) {
        return members.alone("sending", () -> {
            List<Sent> messages = new ArrayList<>();
            Consumer<Sent> note = sent -> {
                messages.add(sent);
                each.accept(sent);
            };
            try (Transport transport = road.open().get();
                    ExecutorService threads = Executors.newFixedThreadPool(1 + PROCESSORS)) {
                var delivery = new Delivery(members, outbox, ledger, transport, road.pace(), road.time(), now);
                delivery.deliver(
                        delivery.due().stream()
                                .filter(message -> road.isOpenTo(message.recipient()))
                                .toList(),
                        note);
                // Asked for now that it is our turn: who left while another run was sending is no longer there.
                List<Recipient> reached = recipients(which).stream()
                        .filter(recipient -> road.isOpenTo(recipient.address()))
                        .filter(recipient -> !delivery.rests(recipient.address()))
                        .toList();
                var frozen = new Frozen();
                threads.execute(() -> frozen.from(() -> freezing.all(reached, due, choice, threads, frozen)));
                try {
                    delivery.deliver(frozen, note);
                } finally {
                    frozen.stop();
                }
                return new Sending(messages, delivery.down());
            }
        });
    }

    private Chosen urgent(Handle handle, Recipient recipient, Rhythm rhythm) {
        Edition whole = drafting.compose(handle, recipient);
        List<Block> urgent = Urgent.of(whole.blocks(), now, rhythm.next(recipient.cadence()));
        if (urgent.isEmpty()) {
            return Chosen.NOTHING;
        }
        Instant earliest = outbox.lastShort(recipient.address())
                .filter(last -> !last.isAfter(now))
                .map(last -> last.plus(BETWEEN_SHORT_MAILS))
                .orElse(now);
        return earliest.isAfter(now) && Urgent.firstDate(urgent, now).isAfter(earliest)
                ? Chosen.NOTHING
                : Chosen.of(whole.with(urgent), Outbox.Kind.SHORT);
    }

    private List<Recipient> recipients(Predicate<Group> which) {
        return Recipient.of(groups.all().stream().filter(which).toList(), sender.languages());
    }
}
