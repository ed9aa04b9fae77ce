#include "tests/world/world.hpp"

#include "tests/world/world_state.hpp"

#include <stdexcept>

namespace azure_wi::world {
namespace {

std::string url_of(const char *scheme, const endpoint &where) {
    return std::string{scheme} + "://" + where.address + ':' + std::to_string(where.port);
}

} // namespace

world::world(world_options options) {
    if (options.mode == world_mode::private_network && !in_private_network())
        throw std::logic_error{"world: call enter_private_network() at the start of main()"};
    state_ = std::make_unique<state>(*this, options);
    state_->open_control_door();
}
world::~world() = default;

world_mode world::mode() const {
    return state_->mode;
}
const std::filesystem::path &world::directory() const {
    return state_->directory;
}
std::filesystem::path world::home() const {
    return state_->directory / "home";
}
std::filesystem::path world::ca_file() const {
    return state_->directory / "ca.pem";
}
world_clock &world::clock() {
    return state_->clock;
}
token_ledger &world::ledger() {
    return state_->ledger;
}
const certificate_authority &world::authority() const {
    return process_authority();
}
const issuer &world::cluster() const {
    return state_->cluster;
}
entra_stand_in &world::entra() {
    return state_->entra;
}
binding_proxy &world::token_proxy() {
    return state_->token_proxy;
}
azure_repos_stand_in &world::repos() {
    return state_->repos;
}
foreign_hosts &world::foreign() {
    return state_->foreign;
}
connect_proxy &world::proxy() {
    return state_->proxy;
}
tls_listener &world::entra_door() {
    return state_->entra_door;
}
tls_listener &world::token_proxy_door() {
    return state_->token_proxy_door;
}
tls_listener &world::dev_azure_door() {
    return state_->dev_azure_door;
}
tls_listener &world::visualstudio_door() {
    return state_->visualstudio_door;
}
tls_listener &world::foreign_door() {
    return state_->foreign_door;
}
tls_listener &world::plain_foreign_door() {
    return state_->plain_foreign_door;
}
tls_listener &world::proxy_door() {
    return state_->proxy_door;
}
certificate_options world::entra_certificate() const {
    return options_for(names_at(entra_address));
}
void world::trust_authority(trust where) {
    set_trust(where, process_authority().pem());
}
projected_token &world::build_token() {
    return state_->build_token;
}
projected_token &world::deploy_token() {
    return state_->deploy_token;
}
void world::rotate(const claims &what) {
    state_->build_token.rotate(state_->cluster.mint(what));
}
std::string world::proxy_url() const {
    return url_of("http", state_->proxy_door.address());
}
std::string world::control_url() const {
    return url_of("http", state_->control_door->address());
}
std::string world::token_proxy_url() const {
    return url_of("https", state_->token_proxy_door.address()) + std::string{binding_prefix};
}
std::string world::token_proxy_server_name() const {
    return std::string{binding_server_name};
}
std::string world::token_proxy_ca_pem() const {
    return state_->token_proxy_authority.pem();
}

} // namespace azure_wi::world
