"""Signing in with an agency's own directory, by OpenID Connect. Off unless OIDC_ISSUER is set.

allauth finds the directory's addresses, keeps state and the PKCE verifier, and exchanges the code. What comes back is
verified here, for allauth neither sends a nonce nor looks at the signature of a token that it fetched itself. The one
claim that is read names a person who is here already; nothing of the directory is stored.
"""

import hmac
import secrets
from typing import Any, Final
from urllib.parse import urlsplit

import jwt
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from requests import RequestException, Session

from people.errors import DirectoryAway, DirectoryRefused, DirectoryUnknown
from people.identity import service_key
from people.models import Person

# Signed with the directory's private key; never with a secret that two share, and never not at all.
ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY_SECONDS: Final = 60  # between the clocks of two machines
KEPT_SECONDS: Final = 300  # what the directory says of itself, and its keys
_AWAY: Final = (RequestException, OAuth2Error, AttributeError, KeyError, TypeError, ValueError)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody signs up, and a directory's address leads nowhere else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def get_requests_session(self) -> Session:
        session: Session = super().get_requests_session()
        session.max_redirects = 0
        return session


def _fetched(url: str) -> Any:
    """JSON of the directory, kept for a while. Raises DirectoryAway."""
    key = f"directory:{url}"
    if (kept := cache.get(key)) is not None:
        return kept
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(url)
            answer.raise_for_status()
            told = answer.json()
    except _AWAY as error:
        raise DirectoryAway from error
    cache.set(key, told, KEPT_SECONDS)
    return told


class _Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """allauth's, with our addresses."""

    def get_provider(self) -> OpenIDConnectProvider:
        return _provider(self.request)

    @property
    def openid_config(self) -> dict[str, Any]:
        return configuration()

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return f"{settings.SITE_URL}{reverse('account_directory_back')}"


class _Provider(OpenIDConnectProvider):  # type: ignore[misc]
    oauth2_adapter_class = _Adapter


def is_on() -> bool:
    """Whether there is a directory."""
    return bool(settings.OIDC_ISSUER)


def configuration() -> dict[str, Any]:
    """What the directory says of itself. Raises DirectoryAway, also where it is not the one that it should be."""
    issuer = settings.OIDC_ISSUER.rstrip("/")
    told: dict[str, Any] = _fetched(f"{issuer}/.well-known/openid-configuration")
    try:
        places = [told[name] for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        is_true = told["issuer"].rstrip("/") == issuer
    except _AWAY as error:
        raise DirectoryAway from error
    if not is_true or any(urlsplit(place).scheme != urlsplit(issuer).scheme for place in places):
        raise DirectoryAway
    return told


def origin() -> str:
    """Where a browser is sent to. Raises DirectoryAway."""
    place = urlsplit(configuration()["authorization_endpoint"])
    return f"{place.scheme}://{place.netloc}"


def _provider(request: HttpRequest) -> _Provider:
    # Never saved; an app of this kind in the database is asked by nobody.
    app = SocialApp(
        provider=_Provider.id,
        provider_id="directory",
        name="directory",
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={"server_url": settings.OIDC_ISSUER, "oauth_pkce_enabled": True, "scope": ["openid", "profile"]},
    )
    return _Provider(request, app=app)


def begin(request: HttpRequest) -> HttpResponse:
    """The way to the directory, with a state, a nonce and a PKCE challenge of this session. Raises DirectoryAway."""
    nonce = secrets.token_urlsafe(24)
    following = get_next_redirect_url(request)  # of this site, or none
    answer: HttpResponse = _provider(request).redirect(
        request, process="login", next_url=following, auth_params={"nonce": nonce}, nonce=nonce
    )
    return answer


def finish(request: HttpRequest) -> tuple[Person, str | None]:
    """Who came back from the directory, and where they were going.

    Raises DirectoryRefused (not begun here, cancelled, or not verified), DirectoryUnknown and DirectoryAway.
    """
    provider = _provider(request)
    state = statekit.unstash_state(request, provider_id=provider.sub_id, state_id=request.GET.get("state", ""))
    if state is None or "code" not in request.GET:
        raise DirectoryRefused
    configuration()
    client = provider.get_oauth2_adapter(request).get_client(request, provider.app)
    try:
        answer = client.get_access_token(request.GET["code"], pkce_code_verifier=state["pkce_code_verifier"])
        token = answer["id_token"]
    except (OAuth2Error, KeyError) as error:
        raise DirectoryRefused from error
    except _AWAY as error:
        raise DirectoryAway from error
    return person_of(verified(token, nonce=state["nonce"])), state.get("next")


def verified(token: str, *, nonce: str) -> dict[str, Any]:
    """The claims of an ID token: signature, issuer, audience, times and nonce are right. Raises DirectoryRefused, DirectoryAway."""
    told = configuration()
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(told["jwks_uri"], jwt.get_unverified_header(token).get("kid")),
            algorithms=ALGORITHMS,
            audience=settings.OIDC_CLIENT_ID,
            issuer=told["issuer"],
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise DirectoryRefused from error
    for_several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if for_several and claims.get("azp") != settings.OIDC_CLIENT_ID:
        raise DirectoryRefused
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise DirectoryRefused
    return claims


def _key(place: str, kid: str | None) -> Any:
    """The directory's key with this id; asked for anew once, for keys are changed. Raises PyJWTError, DirectoryAway."""
    for is_last in (False, True):
        keys = jwt.PyJWKSet.from_dict(_fetched(place)).keys
        found = [one for one in keys if one.key_id == kid] if kid else keys
        if len(found) == 1:
            return found[0].key
        if not is_last:
            cache.delete(f"directory:{place}")
    raise jwt.PyJWTError("no key with this id")


def person_of(claims: dict[str, Any]) -> Person:
    """The person whose service number the claim holds, also one whose account is closed. Raises DirectoryUnknown."""
    try:
        key = service_key(str(claims[settings.OIDC_CLAIM]))
    except (KeyError, ValueError):
        raise DirectoryUnknown from None
    person: Person | None = Person.objects.filter(service_number=key).first()
    if person is None:
        raise DirectoryUnknown
    return person
