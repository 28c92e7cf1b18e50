/**
 * Who was told which call in which revision. This, and never a time window, decides what goes into a mail.
 *
 * <p>An item is <em>reserved</em> for a recipient while an edition that carries it is pending or being sent, <em>told</em>
 * once the server accepted the message, and <em>released</em> when sending failed for good. Reserved counts as told when
 * the next edition is made, so that nothing stands in two mails.
 */
@NullMarked
package coop.vigie.ledger;

import org.jspecify.annotations.NullMarked;
