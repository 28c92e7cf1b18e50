package coop.vigie.newsletter;

import coop.vigie.config.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where newsletters lie: {@code ID.md}, which people edit; beside it {@code ID/} with the pages as they were sent; and
 * {@code archive/}, into which both are moved.
 */
public final class NewsletterFolder {

    private static final String ARCHIVE = "archive";

    private final Path folder;

    public NewsletterFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The file of a newsletter, whether it is there or not.
     *
     * @param id must be one
     */
    public Path file(String id) {
        return folder.resolve(id + ".md");
    }

    /** The file of that id; empty if there is none. */
    public Optional<Path> find(String id) {
        return Newsletter.ID.matcher(id).matches() && Files.isRegularFile(file(id))
                ? Optional.of(file(id))
                : Optional.empty();
    }

    /** All that are not archived, by name. Other files are let be. */
    public List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).endsWith(".md"))
                    .filter(file ->
                            Newsletter.ID.matcher(NewsletterFile.stem(file)).matches())
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(NewsletterFile::stem))
                    .toList();
        } catch (IOException e) {
            throw new NewsletterUnwritable("The folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Writes a draft; never over a file that is there.
     *
     * @return false if one is
     */
    public boolean write(Newsletter newsletter) {
        Path file = file(newsletter.id());
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        write(file, NewsletterFile.write(newsletter));
        return true;
    }

    /**
     * Keeps the pages as they are sent, if none are kept yet.
     *
     * @param pages by ending, such as {@code fr.html}
     */
    public void keep(String id, Map<String, String> pages) {
        pages.forEach((ending, page) -> {
            Path file = folder.resolve(id).resolve(id + "." + ending);
            if (!Files.exists(file)) {
                write(file, page);
            }
        });
    }

    /**
     * Moves a file and the pages beside it into the archive.
     *
     * @return the folder of the pages
     */
    public Path archive(Path file, String id) {
        Path archive = folder.resolve(ARCHIVE);
        Path pages = archive.resolve(id);
        try {
            Files.createDirectories(archive);
            if (Files.isDirectory(folder.resolve(id)) && !Files.exists(pages)) {
                Files.move(folder.resolve(id), pages);
            }
            // The last step, so that a second try after a crash finds the file.
            Files.move(file, archive.resolve(id + ".md"));
            return pages;
        } catch (IOException e) {
            throw new NewsletterUnwritable("The newsletter " + id + " could not be moved to " + archive + ": " + e, e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new NewsletterUnwritable("The file " + file + " could not be written: " + e.getMessage(), e);
        }
    }
}
