"""How a request is kept safe on its way: HTTPS at the edge, mutual TLS between services, limits and retries at each hop.

The ingress controller lets traffic in and the mesh carries it on. cert-manager and Istio renew what they hand out, so
that no certificate is ever replaced by hand.
"""

from diagrams import Cluster, Diagram, Edge
from diagrams.aws.network import NLB, CloudFront
from diagrams.aws.security import WAF
from diagrams.k8s.compute import Pod
from diagrams.k8s.network import Ingress
from diagrams.k8s.podconfig import Secret
from diagrams.onprem.certificates import CertManager, LetsEncrypt
from diagrams.onprem.client import Users
from diagrams.onprem.network import Envoy, Istio, Traefik

with Diagram("Service mesh and ingress", show=False, direction="LR"):
    with Cluster("Edge, HTTPS only", graph_attr={"item": "https-everywhere"}):
        customers = Users("Customers")
        cdn = CloudFront("CDN", item="cdn")
        firewall = WAF("Firewall", item="waf")
        balancer = NLB("Load balancer", item="terraform-load-balancer")
        ingress = Traefik("Traefik", item="ingress-controller")

    with Cluster("Certificates and rules"):
        authority = LetsEncrypt("Let's Encrypt")
        manager = CertManager("cert-manager", item="cert-manager", runbook="certificate-expiring")
        secret = Secret("TLS Secret", item="automate-certificate-renewal")
        rules = Ingress("Routes and limits", item="rate-limiting")

    with Cluster("Mesh, mutual TLS", graph_attr={"item": "mutual-tls"}):
        istiod = Istio("Istio control plane", item="service-mesh")
        with Cluster("Gateway pod"):
            gateway_proxy = Envoy("Sidecar", item="retries-with-backoff")
            gateway = Pod("Gateway", service="gateway")
        with Cluster("Orders pod"):
            orders_proxy = Envoy("Sidecar", item="circuit-breakers")
            orders = Pod("Orders", service="orders")
        with Cluster("Payments pod"):
            payments_proxy = Envoy("Sidecar")
            payments = Pod("Payments", service="payments")

    customers >> Edge(constraint="false") >> cdn >> balancer >> ingress >> gateway_proxy
    gateway_proxy >> Edge(weight="9") >> orders_proxy >> Edge(weight="9") >> payments_proxy
    for proxy, pod in ((gateway_proxy, gateway), (orders_proxy, orders), (payments_proxy, payments)):
        pod >> Edge(constraint="false") << proxy
    firewall - Edge(style="dashed", constraint="false") - cdn
    authority >> manager >> secret
    manager >> Edge(style="invis") >> rules
    [secret, rules] >> Edge(style="dashed") >> ingress
    istiod >> Edge(style="dashed") >> [orders_proxy, payments_proxy]
