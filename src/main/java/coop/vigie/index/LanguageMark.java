package coop.vigie.index;

import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.jspecify.annotations.Nullable;

/**
 * Opens a text in a folded field with a term that names its language. The texts of all languages follow each other in
 * that field; by the last mark before a match one can still say in which language it stands. No query reaches a mark,
 * since no analyzer keeps a control character.
 */
final class LanguageMark extends TokenFilter {

    static final String PREFIX = "\u0001";

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final String language;
    private boolean pending = true;

    private LanguageMark(TokenStream input, String language) {
        super(input);
        this.language = language;
    }

    static Field field(String name, String text, String language) {
        return new Field(name, text, TextField.TYPE_NOT_STORED) {
            @Override
            public TokenStream tokenStream(Analyzer analyzer, @Nullable TokenStream reuse) {
                return new LanguageMark(super.tokenStream(analyzer, null), language);
            }
        };
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!pending) {
            return input.incrementToken();
        }
        pending = false;
        clearAttributes();
        term.append(PREFIX).append(language);
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        pending = true;
    }
}
