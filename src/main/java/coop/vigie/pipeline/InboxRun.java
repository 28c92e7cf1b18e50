package coop.vigie.pipeline;

import coop.vigie.config.Settings;
import coop.vigie.config.Settings.Tls;
import coop.vigie.curate.SuggestionStore;
import coop.vigie.deliver.Outbox;
import coop.vigie.fetch.FetchOutcome;
import coop.vigie.fetch.FetchRequest;
import coop.vigie.fetch.Fetcher;
import coop.vigie.fetch.MailAccess;
import coop.vigie.fetch.MailLogin;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Payloads;
import coop.vigie.fetch.Validators;
import coop.vigie.group.MemberStore;
import coop.vigie.inbox.Deed;
import coop.vigie.inbox.Handled;
import coop.vigie.inbox.Handling;
import coop.vigie.inbox.InboundMail;
import coop.vigie.inbox.InboxStore;
import coop.vigie.inbox.MailReader;
import coop.vigie.notice.EmailAddress;
import coop.vigie.notice.VigieException;
import coop.vigie.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads the mails that came to us and does what they ask for. That a mail was handled is written in the transaction that acts
 * on it: a crash at any moment leaves it either handled or not, never in between.
 */
public final class InboxRun {

    /** What lay in a mailbox before is history. */
    private static final int DAYS_AT_FIRST = 30;

    /** A larger file holds no mail that a server would have taken. */
    private static final int LARGEST = 50_000_000;

    private final Database members;
    private final Memberships memberships;
    private final Marks marks;
    private final Outbox outbox;
    private final Optional<EmailAddress> bounces;
    private final InboxStore inbox;
    private final SuggestionStore suggestions;
    private final Instant now;

    /** @param bounces the envelope sender whose plus part names a recipient (VERP); empty if we send with none */
    public InboxRun(
            Database members,
            Memberships memberships,
            Marks marks,
            Outbox outbox,
            Optional<EmailAddress> bounces,
            Instant now) {
        this.members = members;
        this.memberships = memberships;
        this.marks = marks;
        this.outbox = outbox;
        this.bounces = bounces;
        this.inbox = new InboxStore(members);
        this.suggestions = new SuggestionStore(members);
        this.now = now;
    }

    /**
     * What one look brought.
     *
     * @param handled in the order of the mails, without those that were handled before
     * @param known how many were handled before
     * @param remarks what could not be read, in whole sentences
     */
    public record Outcome(List<Handled> handled, int known, List<String> remarks) {
        public Outcome {
            handled = List.copyOf(handled);
            remarks = List.copyOf(remarks);
        }
    }

    /** Whether it is time to look again. */
    public boolean isDue(Settings.Inbox mailbox) {
        return inbox.lastLook(name(mailbox))
                .filter(last -> !last.at().isAfter(now)
                        && last.at().plus(mailbox.every()).isAfter(now))
                .isEmpty();
    }

    /** @param dryRun says what would be done, and changes nothing */
    public Outcome files(List<Path> files, boolean dryRun) {
        var looking = new Looking(dryRun);
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    looking.remarks.add(file + " is larger than 50 MB and was not read");
                } else {
                    looking.handle(bytes);
                }
            } catch (IOException unreadable) {
                looking.remarks.add("%s could not be read: %s".formatted(file, unreadable.getMessage()));
            }
        }
        return looking.outcome();
    }

    /**
     * Reads what has come since the last time. Nothing is deleted; what was read looks read.
     *
     * @throws VigieException if the mailbox cannot be opened
     */
    public Outcome mailbox(Fetcher fetcher, Settings.Inbox mailbox, boolean dryRun) {
        String name = name(mailbox);
        String position = inbox.lastLook(name).map(InboxStore.Look::position).orElse(null);
        var looking = new Looking(dryRun);
        switch (fetcher.fetch(request(mailbox, position, dryRun))) {
            case FetchOutcome.Unchanged nothing -> note(dryRun, name, position);
            case FetchOutcome.Refused refused -> throw new VigieException(refused.message());
            case FetchOutcome.Failed failed -> throw new VigieException(failed.message());
            case FetchOutcome.Fetched fetched -> {
                try (Payloads payloads = fetched.payloads()) {
                    for (Payload each = payloads.next(); each != null; each = payloads.next()) {
                        looking.handle(each.bytes());
                    }
                    payloads.skipped().forEach(each -> looking.remarks.add(each.position() + ": " + each.reason()));
                    String failure = payloads.failure();
                    if (failure != null) {
                        looking.remarks.add(failure);
                    }
                    note(dryRun, name, failure == null ? fetched.validators().etag() : position);
                }
            }
        }
        return looking.outcome();
    }

    private void note(boolean dryRun, String mailbox, @Nullable String position) {
        if (!dryRun) {
            inbox.looked(mailbox, now, position);
        }
    }

    private FetchRequest request(Settings.Inbox mailbox, @Nullable String position, boolean dryRun) {
        String user = mailbox.user();
        MailLogin login = user == null || mailbox.password() == null
                ? null
                : new MailLogin(user, mailbox.password().value());
        var access = new MailAccess(
                login,
                mailbox.tls() == Tls.NONE,
                !dryRun,
                LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS_AT_FIRST));
        // The operator's own server, named in the operator's own file.
        return FetchRequest.of(uri(mailbox))
                .with(access)
                .with(new Validators(position, null))
                .withDelay(Duration.ZERO)
                .allowingPrivateNetwork();
    }

    private static URI uri(Settings.Inbox mailbox) {
        try {
            String scheme = mailbox.tls() == Tls.IMPLICIT ? "imaps" : "imap";
            return new URI(scheme, null, mailbox.host(), mailbox.port(), "/" + mailbox.folder(), null, null);
        } catch (URISyntaxException e) {
            throw new VigieException("the inbox of vigie.yaml makes no address: " + e.getMessage(), e);
        }
    }

    private static String name(Settings.Inbox mailbox) {
        return mailbox.user() + " at " + uri(mailbox);
    }

    /** One look at many mails. */
    private final class Looking {

        private final boolean dryRun;
        private final List<Handled> handled = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private int known;

        Looking(boolean dryRun) {
            this.dryRun = dryRun;
        }

        void handle(byte[] bytes) {
            InboundMail mail = MailReader.read(bytes);
            Function<Handle, Optional<Deed>> work = handle -> act(handle, mail);
            Optional<Deed> deed = dryRun ? members.tryOut(work) : members.write(work);
            deed.ifPresent(done -> handled.add(new Handled(mail, done)));
            known += deed.isEmpty() ? 1 : 0;
        }

        Outcome outcome() {
            return new Outcome(handled, known, remarks);
        }
    }

    /** Empty if the mail was handled before. */
    private Optional<Deed> act(Handle handle, InboundMail mail) {
        if (!inbox.claim(handle, mail, now)) {
            return Optional.empty();
        }
        var effects = new InboxEffects(
                handle, memberships, marks, new MemberStore(members), outbox, inbox, suggestions, bounces, now);
        Deed deed = new Handling(effects, now).handle(mail);
        inbox.record(handle, mail, deed);
        return Optional.of(deed);
    }
}
