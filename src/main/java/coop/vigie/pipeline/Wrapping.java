package coop.vigie.pipeline;

import coop.vigie.deliver.EditionFolder;
import coop.vigie.deliver.Envelope;
import coop.vigie.deliver.MessageBuilder;
import coop.vigie.deliver.Outbox;
import coop.vigie.deliver.Parts;
import coop.vigie.digest.Answers;
import coop.vigie.digest.CallCalendar;
import coop.vigie.digest.CallFeed;
import coop.vigie.digest.Edition;
import coop.vigie.digest.EditionFiles;
import coop.vigie.digest.Frame;
import coop.vigie.digest.Letter;
import coop.vigie.digest.Posts;
import coop.vigie.digest.Rendered;
import coop.vigie.digest.Renderer;
import coop.vigie.digest.TextBlocks;
import coop.vigie.group.Channel;
import coop.vigie.notice.EmailAddress;
import coop.vigie.token.Purpose;
import coop.vigie.token.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/** Makes of an edition the one message that its recipient's channel takes. */
final class Wrapping {

    /** How long a feed names what it was told. */
    static final Duration FEED_KEEPS = Duration.ofDays(90);

    /** How long a coordinator can choose by answering. */
    private static final Duration CHOOSE_WITHIN = Duration.ofDays(30);

    private final Renderer renderer;
    private final Outbox outbox;
    private final DigestRun.Sender sender;
    private final Drafting drafting;
    private final Instant now;
    private final MessageBuilder builder = new MessageBuilder();
    private final TokenStore tokens = new TokenStore();

    Wrapping(Renderer renderer, Outbox outbox, DigestRun.Sender sender, Drafting drafting, Instant now) {
        this.renderer = renderer;
        this.outbox = outbox;
        this.sender = sender;
        this.drafting = drafting;
        this.now = now;
    }

    /** A message as it is frozen. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Wrapped(String messageId, byte[] bytes) {}

    Rendered render(Edition edition, Recipient recipient) {
        return renderer.render(edition, frame(edition, recipient));
    }

    Rendered render(Letter letter, Answers answers) {
        return renderer.render(letter, sender.frame().apply(letter.language()).answeredBy(answers));
    }

    /**
     * What many get and is no digest, for one of them.
     *
     * @param mail in a language, in that frame
     */
    Wrapped wrap(Handle handle, EmailAddress to, Edition edition, BiFunction<String, Frame, Rendered> mail) {
        Frame frame = sender.frame().apply(edition.language());
        String token = tokens.issue(handle, Purpose.READER, to, edition.id(), null);
        var answers = new Answers(frame.answers().address(), token);
        return letter(edition, mail.apply(edition.language(), frame.answeredBy(answers)), answers);
    }

    /** Links by which one answers and leaves are for a person alone; as long as nobody can, they hold no token. */
    private Frame frame(Edition edition, Recipient recipient) {
        Frame frame = sender.frame().apply(edition.language());
        return recipient.channel() == null ? frame : frame.answeredBy(Answers.NONE);
    }

    /** A mail to a person that is no digest. */
    Wrapped letter(Edition edition, Rendered rendered, Answers answers) {
        return mail(toPerson(edition, answers), rendered);
    }

    private Wrapped mail(Envelope envelope, Rendered rendered) {
        return new Wrapped(envelope.messageId(), builder.build(rendered, envelope));
    }

    /** A person's mail, and the tokens with which they answer it: these work once they are kept. */
    record Mail(Outbox.Fixed fixed, List<TokenStore.Drawn> tokens) {}

    /** An edition for a person. Thread-safe, and needs no transaction. */
    Mail personal(Recipient recipient, Edition edition, Outbox.Kind kind) {
        var reader = new EmailAddress(edition.recipient());
        List<TokenStore.Drawn> drawn = new ArrayList<>();
        String token = TokenStore.draw();
        drawn.add(new TokenStore.Drawn(token, Purpose.READER, reader, edition.id(), null));
        // As who chooses for a group.
        String curator = recipient.coordinates() ? TokenStore.draw() : null;
        if (curator != null) {
            drawn.add(new TokenStore.Drawn(curator, Purpose.CURATOR, reader, edition.id(), now.plus(CHOOSE_WITHIN)));
        }
        Frame frame = frame(edition, recipient);
        var answers = new Answers(frame.answers().address(), token, curator);
        Envelope envelope = toPerson(edition, answers);
        byte[] bytes = builder.build(
                renderer.render(edition, frame.answeredBy(answers)), envelope, CallCalendar.ofMarked(edition));
        return new Mail(outbox.fix(edition, kind, recipient.cadence().code(), envelope.messageId(), bytes), drawn);
    }

    void keepTokens(Handle handle, List<Mail> mails) {
        tokens.keep(
                handle, mails.stream().flatMap(mail -> mail.tokens().stream()).toList());
    }

    /**
     * An edition for another channel of a group.
     *
     * @param handle in which what the edition tells stands in the ledger already
     */
    Wrapped channel(Handle handle, Recipient recipient, Edition edition) {
        Channel channel = Objects.requireNonNull(recipient.channel(), "goes to a person");
        Frame frame = frame(edition, recipient);
        Rendered rendered = renderer.render(edition, frame);
        if (channel instanceof Channel.MailingList list) {
            return mail(toList(edition, list), rendered);
        }
        byte[] message =
                switch (channel) {
                    case Channel.Folder folder -> EditionFolder.bytes(EditionFiles.of(edition, rendered, frame));
                    case Channel.WebDav folder -> EditionFolder.bytes(EditionFiles.of(edition, rendered, frame));
                    case Channel.Feed feed ->
                        EditionFolder.bytes(feed(handle, recipient).files(now, frame));
                    case Channel.Text text -> Parts.bytes(TextBlocks.of(edition, frame, text.length()));
                    case Channel.Signal signal -> Parts.bytes(TextBlocks.of(edition, frame, signal.length()));
                    case Channel.Webhook hook -> Parts.bytes(posts(hook, edition, rendered, frame));
                    // The edition itself is what is archived.
                    case Channel.Site site -> new byte[0];
                    case Channel.Mail mail -> throw new IllegalArgumentException("goes to each person");
                    case Channel.MailingList mail -> throw new IllegalArgumentException("is a mail");
                };
        return new Wrapped(EditionFolder.name(edition.id(), now), message);
    }

    private static List<String> posts(Channel.Webhook hook, Edition edition, Rendered rendered, Frame frame) {
        return switch (hook.preset()) {
            case JSON -> List.of(Posts.edition(edition, rendered, frame));
            case CHAT -> Posts.chat(edition, frame);
            case DISCOURSE -> List.of(Posts.topic(edition, frame, hook.category()));
        };
    }

    /** All that a channel was told lately. */
    private CallFeed feed(Handle handle, Recipient recipient) {
        return new CallFeed(
                recipient.address(),
                String.join(", ", recipient.groupNames()),
                recipient.language(),
                recipient.reads(),
                drafting.toldSince(handle, recipient.address(), now.minus(FEED_KEEPS)),
                null);
    }

    private Envelope toPerson(Edition edition, Answers answers) {
        return new Envelope(
                edition.id(),
                sender.from(),
                edition.recipient(),
                sender.replyTo().orElse(null),
                sender.list(),
                answers.unsubscribe(),
                now);
    }

    private Envelope toList(Edition edition, Channel.MailingList list) {
        return new Envelope(
                edition.id(),
                sender.from(),
                list.address().value(),
                sender.replyTo().orElse(null),
                null,
                null,
                now);
    }
}
