package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.OperationType;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdapIndicatorTest {
    private static final String USER = "cn=health,dc=example,dc=org";

    private InMemoryDirectoryServer directory;

    @AfterEach
    void stop() {
        if (directory != null) {
            directory.shutDown(true);
        }
    }

    @Test
    void anAnonymousBindIsOk() throws Exception {
        LdapIndicator check = directory();
        Expect.ok(check.run());
        assertThat(check.run().data()).containsEntry("resultCode", 0);
    }

    @Test
    void theRightPasswordIsOk() throws Exception {
        Expect.ok(directory().bind(USER, "right").run());
    }

    @Test
    void aPasswordLongerThanAShortLengthIsSentWhole() throws Exception {
        LdapIndicator check = directory();
        directory.add(
                "dn: cn=long,dc=example,dc=org",
                "objectClass: person",
                "cn: long",
                "sn: long",
                "userPassword: " + "x".repeat(700));
        Expect.ok(check.bind("cn=long,dc=example,dc=org", "x".repeat(700)).run());
    }

    @Test
    void aWrongPasswordIsAnErrorWithItsNumber() throws Exception {
        LdapIndicator check = directory().bind(USER, "wrong");
        Expect.error(
                check.run(),
                "LDAP bind at 127.0.0.1:" + directory.getListenPort()
                        + " ended with result 49 (invalid credentials), expected 0");
        assertThat(check.run().data()).containsEntry("resultCode", 49);
    }

    @Test
    void aServerThatRefusesBindsIsAnErrorWithItsNumber() throws Exception {
        LdapIndicator check = directory(OperationType.SEARCH);
        Expect.error(
                check.run(),
                "LDAP bind at 127.0.0.1:" + directory.getListenPort()
                        + " ended with result 53 (unwilling to perform), expected 0");
    }

    @Test
    void aRefusalOfStartTlsIsAnErrorAndNothingIsBound() throws Exception {
        LdapIndicator check = directory().bind(USER, "right").startTls();
        Expect.error(
                check.run(),
                "LDAP StartTLS at 127.0.0.1:" + directory.getListenPort()
                        + " ended with result 53 (unwilling to perform), expected 0");
        assertThat(check.run().data()).containsEntry("resultCode", 53);
    }

    @Test
    void aStoppedServerRefusesTheConnection() throws Exception {
        LdapIndicator check = directory();
        int port = directory.getListenPort();
        directory.shutDown(true);
        Expect.error(check.run(), "no LDAP bind at 127.0.0.1:" + port + ": connection refused");
    }

    @Test
    void aNoticeOfDisconnectionIsAnErrorWithItsNumber() throws Exception {
        try (SmallServer server = SmallServer.saying("0\u0084\0\0\0\014\002\001\0x\u0084\0\0\0\003\012\001\064")) {
            Expect.error(
                    check(server).run(),
                    "LDAP bind at " + at(server) + " ended with result 52 (unavailable), expected 0");
        }
    }

    @Test
    void aServerThatHangsIsGivenUp() throws Exception {
        try (SmallServer server = SmallServer.saying("0\014\002\001")) {
            Expect.error(
                    check(server).timeout(Duration.ofMillis(200)).run(),
                    "no LDAP bind at " + at(server) + " within 200 ms");
        }
    }

    @Test
    void aServerThatClosesEarlyIsAnError() throws Exception {
        try (SmallServer server = SmallServer.sayingAndClosing("0\014\002\001", true)) {
            Expect.error(check(server).run(), "no LDAP bind at " + at(server) + ": connection closed");
        }
    }

    /** Not BER; lengths that are indefinite or too long for format, memory or message; unexpected elements. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n",
                "0\u0080\002\001\002",
                "0\u0085\0\0\0\0\001",
                "0\u0084\u007f\u00ff\u00ff\u00ff",
                "0\0",
                "0\003\002\001\002",
                "0\003\002\005\001",
                "0\005\002\001\002a\u0084",
                "0\005\002\001\002a\u00ff",
                "0\007\002\001\002a\002\012\001",
                "0\006\002\001\002d\001\0",
                "0\014\002\001\007a\007\012\001\0\004\0\004\0",
            })
    void nonsenseIsAnErrorAndIsNotRepeated(String answer) throws Exception {
        try (SmallServer server = SmallServer.saying(answer)) {
            Expect.error(
                    check(server).run(), "no LDAP bind at " + at(server) + ": an answer that is not of this protocol");
        }
    }

    @Test
    void isARemoteComponentAndRefusesBadValues() {
        LdapIndicator check = LdapIndicator.of("ldap.test", 389);
        assertThat(check.remote()).isTrue();
        assertThat(check.componentType()).contains("component");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LdapIndicator.of("ldap://ldap.test", 389))
                .withMessage(
                        "host must be a host name or an IP address of 1 to 253 characters, was 'ldap://ldap.test'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.bind("", "secret"))
                .withMessage("dn must have 1 to 1000 characters, was ''");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.bind(USER, ""))
                .withMessage("password must have 1 to 1000 characters, had 0 (not shown)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.timeout(Duration.ZERO))
                .withMessage("timeout must be from 1ms to 60m, was 0s");
    }

    private LdapIndicator directory(OperationType... allowed) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
        config.addAdditionalBindCredentials(USER, "right");
        config.setSchema(null);
        InetAddress here = InetAddress.getLoopbackAddress();
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("test", here, 0, null));
        if (allowed.length > 0) {
            config.setAllowedOperationTypes(allowed);
        }
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: dc=example,dc=org", "objectClass: top", "objectClass: domain", "dc: example");
        directory.startListening();
        return LdapIndicator.of("127.0.0.1", directory.getListenPort()).timeout(Duration.ofSeconds(20));
    }

    private static LdapIndicator check(SmallServer server) {
        return LdapIndicator.of("127.0.0.1", server.port()).timeout(Duration.ofSeconds(20));
    }

    private static String at(SmallServer server) {
        return "127.0.0.1:" + server.port();
    }
}
