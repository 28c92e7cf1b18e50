package coop.vigie.deliver;

import coop.vigie.config.LateValue;
import coop.vigie.group.Channel;
import coop.vigie.group.ChannelAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each message the way that its recipient's address names: {@code webdav:arts-bxl} to that group's first WebDAV
 * folder, people's by mail. What is wrong with one channel is its own receipt, and never stops another.
 */
public final class Router implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final Transport mail;
    private final Path home;
    private final Function<ChannelAddress, Optional<Channel>> channels;
    private final Http http;
    private final WebDavFolder webDav;
    private final Webhook webhook;
    private final SignalDaemon signal;

    /**
     * @param mail takes what is for people and mailing lists
     * @param home against which paths count
     * @param channels as they are now; empty for one that its group has no more
     * @param environment in which addresses and secrets are looked up
     * @param contact of the people who run this, for the User-Agent
     */
    public Router(
            Transport mail,
            Path home,
            Function<ChannelAddress, Optional<Channel>> channels,
            Map<String, String> environment,
            Outbox outbox,
            String contact) {
        this.mail = mail;
        this.home = home;
        this.channels = channels;
        this.http = new Http(contact);
        this.webDav = new WebDavFolder(http, environment, outbox);
        this.webhook = new Webhook(http, environment, outbox);
        this.signal = new SignalDaemon(http, environment, outbox);
    }

    @Override
    public Receipt send(String recipient, String messageId, byte[] message) {
        Optional<ChannelAddress> address = ChannelAddress.parse(recipient);
        if (address.isEmpty()) {
            return mail.send(recipient, messageId, message);
        }
        Optional<Channel> channel = channels.apply(address.get());
        if (channel.isEmpty()) {
            return new Receipt.Refused(
                    "the group has no such channel any more (%s)"
                            .formatted(address.get().kind()),
                    null);
        }
        if (channel.get() instanceof Channel.MailingList list) {
            return mail.send(list.address().value(), messageId, message);
        }
        try {
            return send(channel.get(), recipient, messageId, message);
        } catch (LateValue.Missing missing) {
            return new Receipt.TryLater(missing.getMessage() + ", which this channel's entry names", null);
        } catch (RuntimeException defect) {
            // Nobody else shall wait for it.
            LOG.warn("the channel {} failed", recipient, defect);
            return new Receipt.TryLater(
                    "this channel failed unexpectedly (" + defect.getClass().getSimpleName() + ")", null);
        }
    }

    private Receipt send(Channel channel, String recipient, String messageId, byte[] message) throws LateValue.Missing {
        return switch (channel) {
            case Channel.Folder folder -> EditionFolder.edition(home.resolve(folder.path()), messageId, message);
            case Channel.Feed feed -> EditionFolder.asNamed(home.resolve(feed.path()), message);
            case Channel.Text text -> EditionFolder.blocks(home.resolve(text.path()), messageId, message);
            case Channel.WebDav folder -> webDav.send(folder, recipient, messageId, message);
            case Channel.Webhook hook -> webhook.send(hook, messageId, message);
            case Channel.Signal group -> signal.send(group, messageId, message);
            // Archived by being in the outbox: 'export site' reads it there.
            case Channel.Site site -> new Receipt.Accepted("archived", null);
            case Channel.Mail none -> throw new IllegalArgumentException(recipient + " is no address of a channel");
            case Channel.MailingList none -> throw new IllegalArgumentException(recipient + " goes by mail");
        };
    }

    @Override
    public void close() {
        http.close();
        mail.close();
    }
}
