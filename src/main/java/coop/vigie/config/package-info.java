/**
 * Configuration files become values here, once; nobody else reads YAML or the environment.
 *
 * <p>In: a path and the environment's variables. Out: one immutable value, or a {@link coop.vigie.config.ConfigException}
 * with <em>all</em> problems of the file, each with line and column. {@link coop.vigie.config.YamlFile} opens the file,
 * {@link coop.vigie.config.Section} hands out its keys, {@link coop.vigie.config.Type} says how a value is read:
 *
 * <pre>{@code
 * record Pace(Duration every, List<String> languages) {}
 *
 * Pace pace = YamlFile.read(file, System.getenv(), section -> new Pace(
 *         section.optional("every", Type.DURATION, Duration.ofHours(6)),
 *         section.list("languages", Type.LANGUAGE)));
 * // pace.yaml:3:1: unknown key 'evry'; did you mean 'every'?
 * }</pre>
 *
 * <p>The keys are read over the composed node tree, not over maps, since only nodes know where they stand. {@code source}
 * and {@code group} read their own files with the same classes; {@link coop.vigie.config.Settings} (vigie.yaml) and the
 * starter files of a new home live here.
 *
 * <p>Limits: 16 MB a file, 50 aliases, 20 levels, one document, UTF-8. Merge keys ({@code <<}) are unknown keys.
 */
@NullMarked
package coop.vigie.config;

import org.jspecify.annotations.NullMarked;
