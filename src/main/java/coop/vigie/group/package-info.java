/**
 * Working groups: what they look for, who belongs to them, how and when they are told. Values and their file, no database.
 *
 * <p>In: {@code groups.yaml}. Out: {@link coop.vigie.group.Group} values, and back into a file again; between two states, a
 * readable difference:
 *
 * <pre>{@code
 * List<Group> wanted = GroupsFile.read(file);
 * GroupChanges changes = GroupChanges.between(stored, wanted);
 * changes.changes().forEach(System.out::println);   // group arts-bxl: profile scene changed
 * store.save(changes.groups());
 * }</pre>
 *
 * <p>The database is the truth; the file is for import and export. Hence the rules of {@link coop.vigie.group.GroupChanges}:
 * a file that was written last month must not bring back anybody who has left since. Nobody is
 * {@linkplain coop.vigie.group.Status#ACTIVE active} without consent.
 *
 * <p>Limits: queries are kept as written, the index judges them. Erased addresses are not known here; the caller leaves them
 * out.
 */
@NullMarked
package coop.vigie.group;

import org.jspecify.annotations.NullMarked;
