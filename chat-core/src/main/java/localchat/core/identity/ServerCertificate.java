package localchat.core.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The self-signed certificate that carries a server's key through TLS. Clients look at the key and
/// the succession alone.
final class ServerCertificate {
    /// The extension with the server's [KeySuccession], not critical. The arc 2.25 gives everybody
    /// an object identifier for each UUID (ITU-T X.667); this one's is
    /// d0957ad6-42e9-4ea1-8539-dce737a728ba.
    static final String SUCCESSION = "2.25.277255566784690676125293268873880479930";

    /// The same for everybody: a certificate is sent to whoever connects.
    private static final X500Name NAME = new X500Name("CN=Local Chat");

    /// Fixed instead of taken from the clock. Reason: a server whose clock is years behind at its
    /// first start would be left with a certificate long expired; this one serves thirty years and
    /// more, and does not tell when the server was set up.
    static final Instant NOT_BEFORE = Instant.parse("2020-01-01T00:00:00Z");

    static final Instant NOT_AFTER = Instant.parse("2060-01-01T00:00:00Z");

    /// Random bits of a serial number. Reason: 20 bytes are the most (RFC 5280, section 4.1.2.2),
    /// and browsers' rules ask for 64 bits.
    private static final int SERIAL_BITS = 127;

    private ServerCertificate() {}

    static X509Certificate selfSigned(KeyPair pair, KeySuccession succession)
            throws GeneralSecurityException {
        X509v3CertificateBuilder certificate =
                new JcaX509v3CertificateBuilder(
                        NAME,
                        new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
                        Date.from(NOT_BEFORE),
                        Date.from(NOT_AFTER),
                        NAME,
                        pair.getPublic());
        try {
            certificate.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            if (succession.size() > 0) {
                certificate.addExtension(
                        new ASN1ObjectIdentifier(SUCCESSION),
                        false,
                        new DEROctetString(succession.encoded()));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            certificate.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(pair.getPrivate())));
        } catch (OperatorCreationException | IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /// The succession that a certificate carries, none when it carries none. Whether it leads to
    /// the certificate's key is for the caller to ask.
    ///
    /// @throws IllegalArgumentException when it is malformed or its signatures do not hold
    static KeySuccession successionIn(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(SUCCESSION);
        if (extension == null) {
            return KeySuccession.none();
        }
        byte[] value = ASN1OctetString.getInstance(extension).getOctets();
        return KeySuccession.decode(ASN1OctetString.getInstance(value).getOctets());
    }
}
