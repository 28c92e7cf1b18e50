package coop.vigie.index;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Of each compound, its parts; other words are dropped. */
final class PartsFilter extends TokenFilter {

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final TextLanguage language;
    private final Deque<String> pending = new ArrayDeque<>();

    PartsFilter(TokenStream input, TextLanguage language) {
        super(input);
        this.language = language;
    }

    @Override
    public boolean incrementToken() throws IOException {
        while (pending.isEmpty()) {
            if (!input.incrementToken()) {
                return false;
            }
            pending.addAll(Compounds.of(language).parts(term.toString()));
        }
        term.setEmpty().append(pending.removeFirst());
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        pending.clear();
    }
}
