package coop.vigie.digest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The public archive as static files: a page that lists every group's editions, a page for each, and for each group its
 * feeds. It says what was told, never to whom or why: recipients, search words and the watch's own troubles are left out.
 * The same editions give the same files.
 */
public final class Archive {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DAY = "2026-11-24".length();

    private final Renderer renderer;
    private final Function<String, Frame> frames;
    private final Instant now;

    /** @param frames for a language */
    public Archive(Renderer renderer, Function<String, Frame> frames, Instant now) {
        this.renderer = renderer;
        this.frames = language -> frames.apply(language).answeredBy(Answers.NONE);
        this.now = now;
    }

    /**
     * A group that is public.
     *
     * @param id its folder, too
     * @param language of its pages: fr, nl or en
     * @param reads languages in which its titles are preferred
     * @param editions the newest first
     * @param told lately, for its feeds
     */
    public record Section(
            String id,
            String name,
            String language,
            List<String> reads,
            List<Edition> editions,
            List<CallFeed.Entry> told) {

        public Section {
            reads = List.copyOf(reads);
            editions = editions.stream().map(Archive::published).toList();
            told = List.copyOf(told);
        }
    }

    private static Edition published(Edition edition) {
        List<Block> blocks = edition.blocks().stream()
                .filter(block -> block.name() != Block.Name.SILENT_SOURCES)
                .map(block -> new Block(
                        block.name(),
                        block.items().stream().map(Archive::published).toList(),
                        List.of(),
                        block.more()))
                .toList();
        return new Edition(
                edition.id(), "", edition.groups(), edition.language(), edition.reads(), edition.built(), blocks);
    }

    private static Item published(Item item) {
        return new Item(item.call(), List.of(), item.change(), item.before(), false, Item.Regard.NONE);
    }

    /**
     * The files by their paths, with slashes.
     *
     * @param language of the first page
     * @param address under which they are served, with a slash at its end; null if that is not known
     */
    public Map<String, String> files(List<Section> sections, String language, @Nullable String address) {
        var files = new LinkedHashMap<String, String>();
        files.put("index.html", index(sections, language));
        for (Section section : sections) {
            String folder = section.id() + "/";
            for (Edition edition : section.editions()) {
                Rendered page = renderer.render(edition, frames.apply(edition.language()));
                files.put(folder + name(edition), page.html());
            }
            files.put(folder + "editions.json", json(section));
            new CallFeed(
                            "site:" + section.id(),
                            section.name(),
                            section.language(),
                            section.reads(),
                            section.told(),
                            address == null ? null : address + folder)
                    .files(now, frames.apply(section.language()))
                    .forEach((name, content) -> files.put(folder + name, content));
        }
        return files;
    }

    private static String name(Edition edition) {
        return edition.built().toString().substring(0, DAY) + "_" + edition.id() + ".html";
    }

    private String index(List<Section> sections, String language) {
        Frame frame = frames.apply(language);
        var model = new LinkedHashMap<String, Object>();
        model.put("language", language);
        model.put("brand", Foreign.line(frame.brand()));
        model.put("footer", frame.footer().strip());
        model.put("words", Messages.in(language).all());
        model.put("groups", sections.stream().map(this::listed).toList());
        return renderer.fill("site.html.ftlh", model);
    }

    private Map<String, Object> listed(Section section) {
        return Map.of(
                "name", Foreign.line(section.name()),
                "language", section.language(),
                "folder", section.id() + "/",
                "editions", section.editions().stream().map(this::listed).toList());
    }

    private Map<String, Object> listed(Edition edition) {
        Frame frame = frames.apply(edition.language());
        var dates = new DateWords(Messages.in(edition.language()), frame.readerZone(), edition.built());
        return Map.of(
                "day", dates.day(LocalDate.ofInstant(edition.built(), frame.readerZone())),
                "subject", new Page(edition, frame).subject(),
                "page", name(edition));
    }

    private static String json(Section section) {
        List<Map<String, @Nullable Object>> editions = section.editions().stream()
                .map(edition -> {
                    Map<String, @Nullable Object> view = EditionView.whole(edition, "sent", any -> "");
                    view.remove("recipient");
                    return view;
                })
                .toList();
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(editions) + "\n";
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("editions of plain values gave no JSON", defect);
        }
    }
}
