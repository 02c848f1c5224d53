package dev.hyptrace.recorder.gdb;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads {@code target.xml} and the files it includes: GDB's "Target Description Format".
 *
 * <p>Only {@code reg} and {@code xi:include} elements matter here. Neither a DTD nor an entity is ever looked up.
 */
final class TargetDescriptionParser {
    /** The longest single file. QEMU's longest is 30 KiB. */
    static final int MAX_TEXT = 1 << 20;

    private static final int MAX_REGISTERS = 4096;
    private static final int MAX_FILES = 32;

    /** Where the files come from. */
    @FunctionalInterface
    interface Source {
        String read(String annex) throws IOException;
    }

    private final String stub;
    private final Source source;
    private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    private final List<TargetRegister> registers = new ArrayList<>();
    private int nextNumber;
    private int files;

    private TargetDescriptionParser(String stub, Source source) {
        this.stub = stub;
        this.source = source;
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    }

    /**
     * Reads the whole description.
     *
     * @throws GdbException when it is not XML, lists no register, or is unreasonably large
     */
    static TargetDescription parse(String stub, Source source) throws IOException {
        TargetDescriptionParser parser = new TargetDescriptionParser(stub, source);
        parser.file("target.xml");
        if (parser.registers.isEmpty()) {
            throw parser.problem("target.xml", "lists no register");
        }
        return new TargetDescription(parser.registers);
    }

    private void file(String annex) throws IOException {
        if (++files > MAX_FILES) {
            throw problem(annex, "is one of more than " + MAX_FILES + " included files");
        }
        String text = source.read(annex);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    element(annex, xml);
                }
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw problem(annex, "is no well-formed XML at line " + line);
        } catch (MissingResourceException e) {
            // The JDK's parser has no words for some of what may be wrong in a DTD.
            throw problem(annex, "is no well-formed XML: " + e.getKey());
        }
    }

    private void element(String annex, XMLStreamReader xml) throws IOException {
        String name = xml.getLocalName();
        if (name.equals("include") || name.endsWith(":include")) {
            file(attribute(annex, xml, "href"));
        } else if (name.equals("reg")) {
            register(annex, xml);
        }
    }

    private void register(String annex, XMLStreamReader xml) throws IOException {
        String name = attribute(annex, xml, "name");
        int bits = number(annex, name, attribute(annex, xml, "bitsize"));
        String number = xml.getAttributeValue(null, "regnum");
        nextNumber = number == null ? nextNumber : number(annex, name, number);
        if (bits == 0 || bits % 8 != 0 || registers.size() >= MAX_REGISTERS) {
            throw problem(annex, "has register '" + Printable.of(name) + "' of " + bits + " bits, one too many or odd");
        }
        registers.add(new TargetRegister(name, nextNumber++, bits));
    }

    private String attribute(String annex, XMLStreamReader xml, String name) throws GdbException {
        String value = xml.getAttributeValue(null, name);
        if (value == null) {
            throw problem(annex, "has an element '" + Printable.of(xml.getLocalName()) + "' without " + name);
        }
        return value;
    }

    private int number(String annex, String register, String digits) throws GdbException {
        if (!digits.matches("[0-9]{1,5}")) {
            throw problem(
                    annex,
                    "has '" + Printable.of(digits) + "' for a number in register '" + Printable.of(register) + "'");
        }
        return Integer.parseInt(digits);
    }

    private GdbException problem(String annex, String what) {
        return new GdbException(
                GdbException.Kind.PROTOCOL, stub, "register description '" + Printable.of(annex) + "' " + what);
    }
}
