package dev.vitals.health.indicator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The messages of LDAP version 3 that a bind needs. Sources: RFC 4511, sections 4.1.1, 4.2, 4.3, 4.14; ITU-T X.690. */
final class LdapMessages {
    /** The numbers of the messages, in their order. */
    static final int START_TLS = 1;

    static final int BIND = 2;
    private static final int UNBIND = 3;

    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int ENUMERATED = 0x0A;
    private static final int SEQUENCE = 0x30;
    private static final int BIND_REQUEST = 0x60;
    private static final int BIND_RESPONSE = 0x61;
    private static final int UNBIND_REQUEST = 0x42;
    private static final int EXTENDED_REQUEST = 0x77;
    private static final int EXTENDED_RESPONSE = 0x78; // also sent without a request, when the server disconnects
    private static final int SIMPLE = 0x80;
    private static final int REQUEST_NAME = 0x80;
    private static final int MAX_MESSAGE = 65_536;
    private static final String START_TLS_NAME = "1.3.6.1.4.1.1466.20037";

    private LdapMessages() {}

    static byte[] bindRequest(String dn, String password) {
        byte[] bind = element(
                BIND_REQUEST,
                element(INTEGER, 3), // the version
                element(OCTET_STRING, utf8(dn)),
                element(SIMPLE, utf8(password)));
        return message(BIND, bind);
    }

    static byte[] unbindRequest() {
        return message(UNBIND, element(UNBIND_REQUEST));
    }

    static byte[] startTlsRequest() {
        return message(START_TLS, element(EXTENDED_REQUEST, element(REQUEST_NAME, utf8(START_TLS_NAME))));
    }

    private static byte[] message(int number, byte[] request) {
        return element(SEQUENCE, element(INTEGER, number), request);
    }

    /** Reads the response to the message of that number and returns its result code; 0 is success. */
    static int resultCode(ServerConnection connection, int number) throws IOException {
        ByteBuffer message = message(connection);
        int answered = integer(message, INTEGER);
        if (answered != number && answered != 0) {
            throw new ProtocolException("not an answer to this message");
        }
        int kind = message.hasRemaining() ? message.get() & 0xFF : -1;
        if (kind != BIND_RESPONSE && kind != EXTENDED_RESPONSE) {
            throw new ProtocolException("not a response");
        }
        length(message);
        return integer(message, ENUMERATED);
    }

    /** Returns the content of the outermost sequence. */
    private static ByteBuffer message(ServerConnection connection) throws IOException {
        if (connection.readByte() != SEQUENCE) {
            throw new ProtocolException("not LDAP");
        }
        int first = connection.readByte();
        int count = first > 0x7F ? first & 0x7F : 0;
        byte[] more = connection.readBytes(count <= 4 ? count : 0);
        ByteBuffer head =
                ByteBuffer.allocate(1 + more.length).put((byte) first).put(more).flip();
        return ByteBuffer.wrap(connection.readBytes(length(head)));
    }

    private static int integer(ByteBuffer in, int tag) throws ProtocolException {
        if (in.remaining() < 3 || (in.get() & 0xFF) != tag) {
            throw new ProtocolException("not the expected element");
        }
        int length = length(in);
        if (length < 1 || length > 4 || length > in.remaining()) {
            throw new ProtocolException("not a number of this size");
        }
        int value = 0;
        for (int count = 0; count < length; count++) {
            value = (value << 8) | (in.get() & 0xFF);
        }
        return value;
    }

    private static int length(ByteBuffer in) throws ProtocolException {
        int first = in.hasRemaining() ? in.get() & 0xFF : 0xFF;
        int count = first > 0x7F ? first & 0x7F : 0;
        if (first == 0x80 || count > 4 || count > in.remaining()) {
            throw new ProtocolException("not a definite length");
        }
        long length = count == 0 ? first : 0;
        for (int octets = 0; octets < count; octets++) {
            length = (length << 8) | (in.get() & 0xFF);
        }
        if (length > MAX_MESSAGE) {
            throw new ProtocolException("too long");
        }
        return (int) length;
    }

    private static byte[] element(int tag, int number) {
        return element(tag, new byte[] {(byte) number});
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length > 0x7F) {
            element.write(0x82); // two bytes follow, enough for every message here
            element.write(length >> 8);
        }
        element.write(length);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
