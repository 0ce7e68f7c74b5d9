package dev.vitals.health.indicator;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import dev.vitals.health.HealthCheck;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.server.SMTPServer;

/** The ways in which the other indicators than HTTP start TLS, each with a server on a free port. */
enum TlsServer {
    REDIS("no answer from Redis at ") {
        @Override
        Running start(SSLContext keys) throws Exception {
            SmallServer server = SmallServer.tls(keys, client -> {
                client.getInputStream().readNBytes("*1\r\n$4\r\nPING\r\n".length());
                SmallServer.say(client, "+PONG\r\n");
                SmallServer.untilGone(client);
            });
            return new Running(server.port(), server);
        }

        @Override
        HealthCheck check(int port, SSLContext trust, Duration timeout) {
            return RedisIndicator.of("127.0.0.1", port).tls(trust).timeout(timeout);
        }

        @Override
        HealthCheck trustingTheJvm(int port) {
            return RedisIndicator.of("127.0.0.1", port).timeout(LONG).tls();
        }
    },
    LDAPS("no LDAP bind at ") {
        @Override
        Running start(SSLContext keys) throws Exception {
            return directory(
                    InMemoryListenerConfig.createLDAPSConfig("test", HERE, 0, keys.getServerSocketFactory(), null));
        }

        @Override
        HealthCheck check(int port, SSLContext trust, Duration timeout) {
            return LdapIndicator.of("127.0.0.1", port).tls(trust).timeout(timeout);
        }

        @Override
        HealthCheck trustingTheJvm(int port) {
            return LdapIndicator.of("127.0.0.1", port).timeout(LONG).tls();
        }
    },
    LDAP_START_TLS("no LDAP bind at ") {
        @Override
        Running start(SSLContext keys) throws Exception {
            return directory(InMemoryListenerConfig.createLDAPConfig("test", HERE, 0, keys.getSocketFactory()));
        }

        @Override
        SmallServer hanging() throws Exception {
            return SmallServer.start(client -> {
                client.getInputStream().read(new byte[1_000]);
                SmallServer.say(client, "0\014\002\001\001x\007\012\001\0\004\0\004\0");
                SmallServer.untilGone(client);
            });
        }

        @Override
        HealthCheck check(int port, SSLContext trust, Duration timeout) {
            return LdapIndicator.of("127.0.0.1", port).startTls(trust).timeout(timeout);
        }

        @Override
        HealthCheck trustingTheJvm(int port) {
            return LdapIndicator.of("127.0.0.1", port).timeout(LONG).startTls();
        }
    },
    SMTPS("no SMTP greeting from ") {
        @Override
        Running start(SSLContext keys) {
            return mail(SMTPServer.port(0).serverSocketFactory(keys));
        }

        @Override
        HealthCheck check(int port, SSLContext trust, Duration timeout) {
            return SmtpIndicator.of("127.0.0.1", port).tls(trust).timeout(timeout);
        }

        @Override
        HealthCheck trustingTheJvm(int port) {
            return SmtpIndicator.of("127.0.0.1", port).timeout(LONG).tls();
        }
    },
    SMTP_START_TLS("no TLS with SMTP server ") {
        @Override
        Running start(SSLContext keys) {
            return mail(SMTPServer.port(0).enableTLS().startTlsSocketFactory(keys));
        }

        @Override
        SmallServer hanging() throws Exception {
            return SmallServer.inTurn("220 ready\r\n", "250-mail.test\r\n250 STARTTLS\r\n", "220 go\r\n");
        }

        @Override
        HealthCheck check(int port, SSLContext trust, Duration timeout) {
            return SmtpIndicator.of("127.0.0.1", port).startTls(trust).timeout(timeout);
        }

        @Override
        HealthCheck trustingTheJvm(int port) {
            return SmtpIndicator.of("127.0.0.1", port).timeout(LONG).startTls();
        }
    };

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final String failure;

    TlsServer(String failure) {
        this.failure = failure;
    }

    /** A server and its port. */
    record Running(int port, Closeable server) implements Closeable {
        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** Starts a server with the certificate of this context. */
    abstract Running start(SSLContext keys) throws Exception;

    /** Starts a server that sends nothing after it reached the handshake. */
    SmallServer hanging() throws Exception {
        return SmallServer.saying("");
    }

    abstract HealthCheck check(int port, SSLContext trust, Duration timeout);

    abstract HealthCheck trustingTheJvm(int port);

    String failureAt(int port) {
        return failure + "127.0.0.1:" + port;
    }

    private static Running directory(InMemoryListenerConfig listener) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
        config.setSchema(null);
        config.setListenerConfigs(listener);
        InMemoryDirectoryServer directory = new InMemoryDirectoryServer(config);
        directory.startListening();
        return new Running(directory.getListenPort(), () -> directory.shutDown(true));
    }

    private static Running mail(SMTPServer.Builder builder) {
        SMTPServer server = builder.bindAddress(HERE).hostName("mail.test").build();
        server.start();
        return new Running(server.getPortAllocated(), server::stop);
    }
}
