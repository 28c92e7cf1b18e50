/**
 * Turns a rendered edition into a message, and hands messages over.
 *
 * <p><b>In</b>: a {@link coop.vigie.digest.Rendered} mail and its {@link coop.vigie.deliver.Envelope}. <b>Out</b>: the bytes
 * of an RFC 5322 message, always the same for the same input, and a {@link coop.vigie.deliver.Receipt} for each that is
 * handed over. {@link coop.vigie.deliver.SmtpTransport} goes to a mail server, {@link coop.vigie.deliver.EmlFolder} is what
 * serves without one. {@link coop.vigie.deliver.Router} hands what is for a group's channel to that channel's class: files in
 * a folder, WebDAV, webhooks, Signal. {@link coop.vigie.deliver.Outbox} remembers what is where, and how far it came. {@link
 * coop.vigie.deliver.SiteFolder} keeps a folder of static files up to date.
 *
 * <pre>{@code
 * byte[] message = new MessageBuilder().build(rendered, envelope);
 * try (Transport transport = new SmtpTransport(settings.mail(), "bounces@example.org")) {
 *     switch (transport.send("a@example.org", envelope.messageId(), message)) {
 *         case Receipt.Accepted accepted -> …  // told
 *         case Receipt.TryLater later -> …     // 4xx, or the connection broke
 *         case Receipt.Refused refused -> …    // 5xx
 *     }
 * }
 * }</pre>
 *
 * <p>A mail server that is down as a whole is no receipt but a {@link coop.vigie.deliver.TransportDown}; a channel that is
 * down is a {@link coop.vigie.deliver.Receipt.TryLater} of its own. The {@code Message-ID} is
 * made from edition and recipient, so that a message sent again after a crash is seen as the same one. <b>Limits</b>: one
 * recipient per message (nobody sees another member's address), so a refusal is never partial; one connection at a time, so
 * that a channel that does not answer costs each run its 30 seconds;
 * addresses are ASCII; {@code List-Unsubscribe} is a {@code mailto:} only, since an https one needs a site that answers POST
 * (RFC 8058).
 */
@NullMarked
package coop.vigie.deliver;

import org.jspecify.annotations.NullMarked;
