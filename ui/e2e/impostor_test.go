package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"testing"
	"time"
)

// plaidHost is where Plaid's sandbox is.
const plaidHost = "sandbox.plaid.com"

// playPlaid lets a practice bank take the place of Plaid's sandbox on a machine: the
// machine's way to the internet is a proxy that leads there, and the machine trusts
// its certificate. The program does not know: it asks Plaid, by https.
func (m *machine) playPlaid(bank string) {
	m.t.Helper()
	target, err := url.Parse(bank)
	if err != nil {
		m.t.Fatal(err)
	}
	certificate, trusted := selfSigned(m.t, plaidHost)
	plaid := httptest.NewUnstartedServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }})
	plaid.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	plaid.StartTLS()
	m.t.Cleanup(plaid.Close)
	proxy := httptest.NewServer(leadsTo(plaid.Listener.Addr().String()))
	m.t.Cleanup(proxy.Close)
	roots := filepath.Join(m.home(), "roots.pem")
	m.write(roots, string(trusted), 0o600)
	m.env = append(m.env, "HTTPS_PROXY="+proxy.URL, "SSL_CERT_FILE="+roots)
}

// selfSigned makes a certificate for a host, and what to trust for it.
func selfSigned(t testing.TB, host string) (tls.Certificate, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{host}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// leadsTo is a proxy that leads whoever asks for Plaid to an address, and nobody
// elsewhere.
func leadsTo(address string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hijacker, ok := w.(http.Hijacker)
		if r.Method != http.MethodConnect || r.Host != plaidHost+":443" || !ok {
			http.Error(w, "this way leads to Plaid only", http.StatusForbidden)
			return
		}
		there, err := net.Dial("tcp", address)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer there.Close()
		w.WriteHeader(http.StatusOK)
		here, rest, err := hijacker.Hijack()
		if err != nil {
			return
		}
		defer here.Close()
		go func() {
			_, _ = io.Copy(there, rest) // its end is the connection's
			_ = there.Close()
		}()
		_, _ = io.Copy(here, there) // either side may end it
	})
}
