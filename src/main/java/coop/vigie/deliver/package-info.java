/**
 * Turns a rendered edition into a message, and hands messages over. Values in, values out; who was sent what is not
 * remembered here.
 *
 * <p><b>In</b>: a {@link coop.vigie.digest.Rendered} mail and its {@link coop.vigie.deliver.Envelope}. <b>Out</b>: the
 * bytes of an RFC 5322 message, always the same for the same input, and a file for each.
 *
 * <pre>{@code
 * byte[] message = new MessageBuilder().build(rendered, envelope);
 * Path file = new EmlFolder(home.resolve("data/outbox")).write(envelope.messageId(), message);
 * }</pre>
 *
 * <p>The {@code Message-ID} is made from edition and recipient, so that a message sent again after a crash is seen as the
 * same one. <b>Limits</b>: one recipient per message (nobody sees another member's address); addresses are ASCII;
 * {@code List-Unsubscribe} is a {@code mailto:} only, since an https one needs a site that answers POST (RFC 8058).
 */
@NullMarked
package coop.vigie.deliver;

import org.jspecify.annotations.NullMarked;
