package coop.vigie.config;

/**
 * One thing wrong in a configuration file.
 *
 * @param file name of the file, without its folder
 * @param line from 1
 * @param column from 1, in characters
 * @param message what is wrong and what would be right
 */
public record Problem(String file, int line, int column, String message) {

    /** The form that editors jump to: {@code feeds.yaml:12:5: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
