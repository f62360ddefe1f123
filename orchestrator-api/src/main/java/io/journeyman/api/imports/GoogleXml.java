package io.journeyman.api.imports;

import io.journeyman.api.imports.GoogleItems.Item;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads {@code item} (RSS) and {@code entry} (Atom) elements one by one. Entities are the five of XML, without a limit to their number: a
 * file brings none of its own, and none can hold another.
 */
final class GoogleXml {
    private static final Set<String> ITEMS = Set.of("item", "entry");
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int DEEPEST = 32;

    /** A JDK ends a file at the hundred thousandth character of its entities, and any feed of a large shop has more than that. */
    private static final List<String> LIMITS_OF_ENTITIES =
            List.of("jdk.xml.maxGeneralEntitySizeLimit", "jdk.xml.totalEntitySizeLimit");

    private final GoogleItems items;

    GoogleXml(GoogleItems items) {
        this.items = items;
    }

    void read(InputStream file) throws IOException, FeedUnreadable {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        LIMITS_OF_ENTITIES.forEach(limit -> factory.setProperty(limit, "0"));
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(file);
            boolean any = false;
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT && ITEMS.contains(xml.getLocalName())) {
                    items.take(item(xml));
                    any = true;
                }
            }
            if (!any) {
                throw new FeedUnreadable(
                        1, "there is no item in it: a Merchant feed in XML is an RSS or Atom document");
            }
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException broken) {
                throw broken;
            }
            throw new FeedUnreadable(
                    e.getLocation() == null ? 1 : e.getLocation().getLineNumber(), "is no XML from here on");
        } finally {
            items.end();
        }
    }

    private static Item item(XMLStreamReader xml) throws XMLStreamException, FeedUnreadable {
        var reading = new Reading(xml.getLocation().getLineNumber());
        Map<String, List<String>> fields = new HashMap<>();
        List<Map.Entry<String, String>> details = new ArrayList<>();
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.isStartElement()) {
                String name = xml.getLocalName();
                if (name.equals("product_detail")) {
                    Map<String, String> parts = reading.children(xml);
                    details.add(Map.entry(
                            parts.getOrDefault("attribute_name", ""), parts.getOrDefault("attribute_value", "")));
                } else {
                    fields.computeIfAbsent(name, key -> new ArrayList<>()).add(reading.text(xml, 1));
                }
            }
        }
        return new Item(reading.line, fields, details);
    }

    /** One item's text, as long as it may be. */
    private static final class Reading {
        private final long line;
        private int left = MOST_CHARACTERS;

        Reading(long line) {
            this.line = line;
        }

        Map<String, String> children(XMLStreamReader xml) throws XMLStreamException, FeedUnreadable {
            Map<String, String> parts = new HashMap<>();
            while (xml.next() != XMLStreamConstants.END_ELEMENT) {
                if (xml.isStartElement()) {
                    parts.put(xml.getLocalName(), text(xml, 2));
                }
            }
            return parts;
        }

        /** The element's own text; that of elements within it is skipped. */
        String text(XMLStreamReader xml, int depth) throws XMLStreamException, FeedUnreadable {
            if (depth > DEEPEST) {
                throw new FeedUnreadable(line, "is nested too deeply");
            }
            var text = new StringBuilder();
            while (xml.next() != XMLStreamConstants.END_ELEMENT) {
                if (xml.isCharacters()) {
                    left -= xml.getTextLength();
                    if (left < 0) {
                        throw new FeedUnreadable(line, "an item has more than " + MOST_CHARACTERS + " characters");
                    }
                    text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                } else if (xml.isStartElement()) {
                    text(xml, depth + 1);
                }
            }
            return text.toString();
        }
    }
}
