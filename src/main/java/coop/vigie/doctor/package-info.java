/**
 * Looks whether a home and the machine below it are fit: {@code vigie doctor}.
 *
 * <p>In comes a home folder; out comes a list of {@link coop.vigie.doctor.Finding}s in a fixed order, each with a verdict, a
 * message key and its arguments, so that the command line can say it in the reader's language: what is so, and what to do.
 * Nothing of the home is ever changed, and no lock left: databases are opened as they are, and a missing one stays missing.
 * Only where a crash left a {@code -wal}, SQLite makes the {@code -shm} that belongs to it.
 *
 * <p>One broken thing never hides another: each check stands alone. The mail server is greeted, which takes the network; name
 * records (SPF, DMARC) are asked for only when {@code live} is said, and otherwise explained, since an administrator has to
 * make them. A DKIM record cannot be found without its selector, so it is only explained.
 */
@NullMarked
package coop.vigie.doctor;

import org.jspecify.annotations.NullMarked;
