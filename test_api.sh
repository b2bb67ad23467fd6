#!/usr/bin/env bash
# Walks through every endpoint of a running server with curl and says ok or FAIL for each check.
#
#   BASE_URL  the server (http://localhost:8000)
#   API_KEY   a key to use; without one the suite makes an account by setup
#   MODEL     a model to chat with; without one the first that Ollama lists
#   METRICS_TOKEN  the server's own setting, where it has one
#
# Where Ollama is away it says so and checks what can be checked. The conversations it makes it deletes.
set -euo pipefail

BASE_URL="${BASE_URL:-http://localhost:8000}"
BASE_URL="${BASE_URL%/}"
KEY="${API_KEY-}"
STRANGERS_KEY=''
OLLAMA=''
MODEL="${MODEL-}"
PASSED=0
FAILED=0
CONVERSATIONS=''
STATUS='' BODY=''
WORK="$(mktemp -d)"

main() {
    trap clean_up EXIT
    test_server
    test_auth
    test_config
    test_models
    test_conversations
    test_input
    test_files
    test_chat
    test_search
    test_prompts
    test_export
    test_import
    test_docs
    test_cors
    test_accounts
    test_tasks_and_goals
    test_calendar
    test_insights
    report
}

# ---------------------------------------------------------------------------------------------------- the features

test_server() {
    begin 'Server'
    curl -sS -o /dev/null --max-time 10 "$BASE_URL/health" 2>"$WORK/curl" \
        || die "nobody answers at $BASE_URL: $(cat "$WORK/curl")"
    call GET /
    check 'the root tells what this is' 200 '"name":"Ollama Web GUI API"' '"docs":"/docs"' '"health":"/health"'
    call GET /health
    check 'it is healthy' 200 '"status":"healthy"' '"service":"Ollama Web GUI API"' '"version":'
    check_header 'each answer has a request id' 'X-Request-ID: .'
    call GET /health/ready
    check 'it takes requests' 200 '{"status":"ready"}'
    as "${METRICS_TOKEN-}" GET /metrics
    case "$STATUS" in
        200) check 'what is measured can be read' 200 'http_server_requests_seconds_count' 'jvm_memory_used_bytes' ;;
        401) check 'what is measured is for who has METRICS_TOKEN' 401 '"detail":' ;;
        *) check 'what is measured is not for everybody' 404 '{"detail":"Not Found"}' ;;
    esac
    call GET /api/nothing
    check 'an unknown route is not found' 404 '{"detail":"Not Found"}'
    call DELETE /health
    check 'a method that is not allowed is refused' 405 '"detail":'
    check_header 'and told those that are' 'Allow: .*GET'
}

test_auth() {
    begin 'Auth'
    if [[ -z "$KEY" ]]; then
        call POST /api/auth/setup '{}'
        [[ "$STATUS" != 403 ]] || die 'setup is closed on this server: set API_KEY to a key of yours'
        check 'setup without a key makes one' 200 '"success":true' '"api_key":"owg_' '"user_id":'
        KEY="$(text_of api_key)"
    fi
    call POST /api/auth/setup "{\"api_key\":\"$KEY\"}"
    check 'setup with the same key is the same account' 200 '"success":true' '"ollama_connected":'
    if has '"ollama_connected":true'; then OLLAMA=yes; else say 'Ollama is away: what needs it is checked for its 503'; fi
    call POST /api/auth/setup '{"api_key":"short"}'
    check 'a key of five characters is refused' 422 '"loc":["body","api_key"]'
    call POST /api/auth/setup "{\"api_key\":\"$KEY\",\"ollama_url\":\"http://169.254.169.254\"}"
    check 'an Ollama where none may be is refused' 422 '"loc":["body","ollama_url"]'
    call POST /api/auth/verify "{\"api_key\":\"$KEY\"}"
    check 'verify knows the key' 200 '"valid":true' '"user_id":'
    call POST /api/auth/verify '{"api_key":"a-key-that-nobody-has"}'
    check 'verify knows a wrong one' 200 '{"valid":false,"message":"Invalid API key.","user_id":null}'
    as '' GET /api/config/get
    check 'without a key nothing is shown' 401 '{"detail":"API key is required"}'
    check_header 'and the client is told how' 'WWW-Authenticate: Bearer'
    as a-key-that-nobody-has GET /api/config/get
    check 'nor with a wrong one' 401 '{"detail":"Invalid API key"}'
    call POST /api/auth/setup '{}'
    if [[ "$STATUS" == 200 ]]; then STRANGERS_KEY="$(text_of api_key)"; else say 'no second account can be made: strangers are not checked'; fi
}

test_config() {
    begin 'Configuration'
    call POST /api/config/save '{"settings":{"test_api":{"price":1.10,"words":["grüße",null,true]},"test_api_2":1}}'
    check 'settings are saved' 200 '{"success":true,"message":"Configuration saved successfully."}'
    call GET /api/config/get
    check 'and come back as they went in' 200 '"test_api":{"price":1.10,"words":["grüße",null,true]}' '"ollama_url":"http' '"user_id":'
    call POST /api/config/save '{"settings":{"test_api":null}}'
    check 'null removes a setting' 200 '"success":true'
    call GET /api/config/get
    check_not 'it is gone' '"test_api":'
    check 'and the others are not' 200 '"test_api_2":1'
    call POST /api/config/save '{"settings":{"test_api_2":null}}'
    check 'the settings are as before' 200
    call POST /api/config/save '{"settings":[]}'
    check 'settings that are a list are refused' 422 '"loc":["body","settings"]'
    call POST /api/config/save '{"settings":{"":1}}'
    check 'a setting without a name is refused' 422 '"loc":["body","settings"]'
}

test_models() {
    begin 'Models'
    call GET '/api/models/list?refresh=true'
    if [[ -z "$OLLAMA" ]]; then
        check 'models are unavailable while Ollama is' 503 'Ollama service is not running or unreachable'
        call GET /api/models/tiny/info
        check 'so is what is known of one' 503 'Ollama service is not running or unreachable'
    else
        check 'the models are listed' 200 '"models":[' '"count":'
        MODEL="${MODEL:-$(text_of name)}"
        call GET "/api/models/$MODEL/info"
        check "what is known of $MODEL" 200 '"details":'
        call GET "/api/models/$(percent_encoded "$MODEL")/info"
        check 'its name may be percent-encoded' 200 '"details":'
        call GET /api/models/hf.co/nobody/nothing:Q4_0/info
        check 'a model that is not there is not found' 404 "Model 'hf.co/nobody/nothing:Q4_0' not found"
        call GET '/api/models/list?refresh=maybe'
        check 'refresh is true or false' 422 '"loc":["query","refresh"]'
    fi
    call GET /api/models/pulls
    if [[ "$STATUS" == 403 ]]; then
        check 'models are cared for by admins' 403 '{"detail":"Only admins may do this"}'
        call DELETE /api/models/pulls/99999999
        check 'to others there are no pulls' 404 '{"detail":"Pull not found"}'
    else
        check 'an admin sees the pulls' 200 '"pulls":[' '"count":'
        call POST /api/models/pull '{"name":""}'
        check 'a pull needs a name' 422 '"loc":["body","name"]'
        call DELETE /api/models/pulls/99999999
        check 'a pull that is not there is not found' 404 '{"detail":"Pull not found"}'
        if [[ -n "$OLLAMA" ]]; then
            call GET /api/models/running
            check 'the loaded models are listed' 200 '"models":[' '"count":'
            call POST /api/models/no-such-model-of-test_api/unload ''
            check 'only what is there is unloaded' 404 "Model 'no-such-model-of-test_api' not found"
            call DELETE /api/models/no-such-model-of-test_api
            check 'and deleted' 404 "Model 'no-such-model-of-test_api' not found"
        fi
    fi
    call POST /api/models/cache/clear
    check 'the cache is cleared' 200 '{"success":true,"message":"Model cache cleared"}'
    call POST /api/upstreams '{"name":"test_api","kind":"openai","url":"https://api.openai.com/v1","api_key":"sk-none","enabled":false}'
    check 'an upstream is added, and its key is not shown' 201 '"name":"test_api"' '"has_api_key":true' '"enabled":false'
    local upstream; upstream="$(number_of id)"
    call GET /api/upstreams
    check 'it is listed' 200 '"name":"test_api"'
    call PATCH "/api/upstreams/$upstream" '{"priority":7,"api_key":null}'
    check 'it is changed' 200 '"priority":7' '"has_api_key":false'
    call GET "/api/upstreams/$upstream"
    check 'and shown' 200 '"kind":"openai"' '"url":"https://api.openai.com/v1"'
    call POST /api/upstreams '{"name":"inside","kind":"openai","url":"http://169.254.169.254"}'
    check 'none may be where nobody may lead' 422 '"loc":["body","url"]'
    call DELETE "/api/upstreams/$upstream"
    check 'it is deleted' 200 '"success":true'
    as '' GET /api/models/list
    check 'models are for those with a key' 401
    call GET /api/tags
    if [[ -z "$OLLAMA" ]]; then
        check "Ollama's own clients are told as by Ollama that it is away" 503 '"error":"Ollama service is not running or unreachable"'
    else
        check "Ollama's own clients are answered as by Ollama" 200 '"models":'
    fi
    as '' GET /v1/models
    check "OpenAI's clients are refused as by OpenAI" 401 '"error":{"message":"API key is required"'
    if [[ -n "$OLLAMA" ]]; then
        call POST /v1/chat/completions "{\"model\":\"$MODEL\",\"store\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Say hello.\"}]}"
        check 'what is stored is answered as ever' 200 '"choices":'
        check_header 'and tells the conversation' 'X-Conversation-Id: [0-9]'
        CONVERSATIONS+=" $(sed -n 's/^[Xx]-[Cc]onversation-[Ii]d: *\([0-9]*\).*/\1/p' "$WORK/headers")"
    fi
    as "$KEY" POST /api/chat '{"model":"tiny","messages":[{"role":"user","content":"Hi"}]}' -H 'X-Store: true' -H 'X-Conversation-Id: 99999999'
    check "Ollama's clients are refused as by Ollama" 404 '{"error":"Conversation not found"}'
    as "$KEY" POST /api/chat '{"model":"tiny","messages":[{"role":"user","content":"Hi"}]}' -H 'X-Store: perhaps'
    check 'a header that makes no sense is named' 422 '{"error":"X-Store: must be true or false"}'
}

test_conversations() {
    begin 'Conversations'
    local id title="Größe 100%_ of test_api $$"
    call POST /api/conversations "{\"title\":\"$title\",\"model_name\":\"tiny\",\"system_prompt\":\"Be kind.\"}"
    check 'one is made' 201 '"title":"Größe' '"model_name":"tiny"' '"system_prompt":"Be kind."' '"message_count":0'
    check_header 'and can be found where it says' 'Location: /api/conversations/[0-9]'
    id="$(number_of id)"
    remember "$id"
    call GET "/api/conversations/$id"
    check 'it is shown with its messages' 200 "\"id\":$id" '"messages":[]'
    call GET "/api/conversations/$id?before=5&limit=10"
    check 'and those before one of them' 200 '"has_more":false' '"messages":[]'
    call GET "/api/conversations/$id?limit=1001"
    check 'a thousand at a time at most' 422 '"loc":["query","limit"]'
    call GET '/api/conversations?page=1&page_size=1'
    check 'the last one comes first' 200 "\"id\":$id" '"page_size":1' '"total_pages":'
    call GET "/api/conversations?search=GR%C3%96SSE%20100%25_%20OF%20TEST_API%20$$"
    check 'it is found by a part of its title in any case' 200 "\"id\":$id" '"total":1'
    call GET "/api/conversations?search=100_%25%20of%20test_api%20$$"
    check 'wildcards are plain characters' 200 '"total":0'
    call GET '/api/conversations?page_size=101'
    check 'a page has at most a hundred' 422 '"loc":["query","page_size"]'
    call PUT "/api/conversations/$id" '{"title":"Changed","system_prompt":null}'
    check 'it is changed' 200 '"title":"Changed"' '"model_name":"tiny"' '"system_prompt":null'
    call PUT "/api/conversations/$id" '{"pinned":true,"tags":["test_api","bread"]}'
    check 'it is pinned and tagged' 200 '"pinned":true' '"tags":["test_api"' '"archived":false'
    call GET '/api/conversations?tag=test_api&pinned=true&page_size=1'
    check 'and found by that' 200 "\"id\":$id"
    call PUT "/api/conversations/$id" '{"tags":[""]}'
    check 'a tag says something' 422 '"loc":["body","tags",0]'
    call POST /api/conversations/batch "{\"ids\":[$id,99999999],\"action\":\"unpin\"}"
    check 'many are changed at once' 200 "\"done\":[$id]" '"failed":[{"id":99999999,"detail":"Conversation not found"}]'
    call POST /api/messages/batch '{"ids":[99999999],"action":"favorite"}'
    check 'and many messages' 200 '"done":[]' '"detail":"Message not found"'
    call PUT "/api/conversations/$id" '{"title":""}'
    check 'but not to something without a title' 422 '"loc":["body","title"]'
    call POST /api/conversations '{"title":"No model"}'
    check 'one without a model is refused' 422 '{"loc":["body","model_name"],"msg":"field required","type":"value_error.missing"}'
    call GET /api/conversations/abc
    check 'an id that is no integer is refused' 422 '"loc":["path","id"]'
    call GET /api/conversations/99999999999999999999
    check 'one that does not exist is not found' 404 '{"detail":"Conversation not found"}'
    as '' POST /api/conversations '{"model_name":"tiny"}'
    check 'none can be made without a key' 401
    if [[ -n "$STRANGERS_KEY" ]]; then
        as "$STRANGERS_KEY" GET "/api/conversations/$id"
        check 'a stranger does not find it' 404 '{"detail":"Conversation not found"}'
        as "$STRANGERS_KEY" PUT "/api/conversations/$id" '{"title":"Mine"}'
        check 'nor changes it' 404 '{"detail":"Conversation not found"}'
        as "$STRANGERS_KEY" DELETE "/api/conversations/$id"
        check 'nor deletes it' 404 '{"detail":"Conversation not found"}'
    fi
    call POST "/api/conversations/$id/shares" '{"live":true}'
    check 'it is shared by a link' 201 '"url":"/share/'
    local token; token="$(sed -n 's/.*"token":"\([^"]*\)".*/\1/p' "$WORK/body")"
    as '' GET "/api/shares/$token"
    check 'by which anybody reads it' 200 '"title":"Changed"' '"messages":['
    call POST "/api/shares/$token/copy"
    check 'and copies it' 201 '"title":"Changed"'
    remember "$(number_of id)"
    call GET "/api/conversations/$id/shares"
    check 'its links are listed' 200 '"shares":[{"id":'
    call DELETE "/api/conversations/$id/shares/99999999"
    check 'and one is ended that is there' 404 '{"detail":"Share not found"}'
    if [[ -n "$STRANGERS_KEY" ]]; then
        as "$STRANGERS_KEY" GET /api/config/get
        local member; member="$(number_of user_id)"
        call POST "/api/conversations/$id/members" "{\"user_id\":$member,\"role\":\"reader\"}"
        check 'somebody else may read it' 201 '"role":"reader"'
        as "$STRANGERS_KEY" GET "/api/conversations/$id"
        check 'who finds it then' 200 '"role":"reader"'
        as "$STRANGERS_KEY" PUT "/api/conversations/$id" '{"title":"Mine"}'
        check 'and does not change it' 403 '"detail":'
        call PATCH "/api/conversations/$id/members/$member" '{"role":"writer"}'
        check 'unless the owner wants that' 200 '"role":"writer"'
        call DELETE "/api/conversations/$id/members/$member"
        check 'a member is removed' 200 "\"user_id\":$member"
    fi
    call GET "/api/conversations/$id/events?last_event_id=x"
    check 'a place that is no number' 422 '"loc":["header","Last-Event-ID"]'
    call GET "/api/conversations/$id/members"
    check 'those who see it are listed' 200 '"members":[{' '"role":"owner"'
    call POST "/api/conversations/$id/trash"
    check 'it is thrown away' 200 "\"conversation_id\":$id"
    call GET "/api/conversations/$id"
    check 'and not found' 404 '{"detail":"Conversation not found"}'
    call GET "/api/trash?page_size=1"
    check 'but listed in the trash' 200 "\"id\":$id" '"trashed_at":"'
    call GET "/api/trash/$id"
    check 'and shown there' 200 "\"id\":$id" '"messages":['
    call POST "/api/trash/$id/restore"
    check 'it is taken out again' 200 "\"id\":$id"
    call DELETE "/api/trash/$id"
    check 'and no longer there' 404 '{"detail":"Conversation not found"}'
    call DELETE "/api/conversations/$id"
    check 'it is deleted' 200 '"message":"Conversation deleted successfully"' "\"conversation_id\":$id"
    call GET "/api/conversations/$id"
    check 'and gone' 404 '{"detail":"Conversation not found"}'
}

test_input() {
    begin 'What is no good request'
    call POST /api/conversations '{"model_name":"tiny"'
    check 'malformed JSON' 400 '"detail":"Malformed JSON'
    call POST /api/conversations '{"model_name":"tiny","model_name":"tiny"}'
    check 'a key that is there twice' 400
    call POST /api/conversations '["tiny"]'
    check 'JSON that is no object' 400 'The body must be a JSON object'
    call POST /api/conversations '{"model_name":5}'
    check 'a number where a text is wanted' 422 '"loc":["body","model_name"]' '"type":"type_error.str"'
    call POST /api/conversations '{"model_name":"a\u0000b"}'
    check 'a character that cannot be kept' 422 '"loc":["body","model_name"]'
    call POST /api/conversations 'model_name=tiny' -H 'Content-Type: application/x-www-form-urlencoded'
    check 'something other than JSON' 415 '"detail":'
    call POST /api/conversations '{"model_name":"tiny"}' -H 'Content-Type:'
    check 'a body without a type' 415 '"detail":'
    call POST /api/conversations '{"model_name":"tiny"}' -H 'Content-Encoding: br'
    check 'a body packed otherwise than by gzip' 415 'Content-Encoding must be gzip or identity'
    call POST /api/conversations '{"model_name":"tiny"}' -H 'Sec-Fetch-Site: cross-site'
    check 'what another web site sends' 403 '"detail":'
    { printf '{"model_name":"tiny","title":"'; head -c 1100000 /dev/zero | tr '\0' x; printf '"}'; } >"$WORK/large"
    call POST /api/conversations "@$WORK/large"
    check 'more than a mebibyte' 413 '"detail":'
    call POST /api/conversations "@$WORK/large" -H 'Transfer-Encoding: chunked'
    check 'the same without a length' 413 '"detail":'
}

test_files() {
    begin 'Files'
    local id multipart='Content-Type: multipart/form-data; boundary=b'
    part() { printf -- '--b\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n%s\r\n--b--' "$@"; }
    as '' POST /api/files "$(part file a.txt text)" -H "$multipart"
    check 'only for those with a key' 401
    call POST /api/files "$(part file notes.md 'Bread rises.')" -H "$multipart"
    check 'a text is kept' 201 '"name":"notes.md"' '"media_type":"text/plain"' '"size":12' '"sha256":"'
    id="$(number_of id)"
    check_header 'and can be found where it says' "Location: /api/files/$id"
    call POST /api/files "$(part file other.md 'Bread rises.')" -H "$multipart"
    check 'once' 201 "\"id\":$id"
    call GET "/api/files/$id"
    check 'its bytes are there' 200 'Bread rises.'
    check_header 'as an attachment' 'Content-Disposition: attachment; filename="notes.md"'
    if [[ -n "$STRANGERS_KEY" ]]; then
        as "$STRANGERS_KEY" GET "/api/files/$id"
        check 'for nobody else' 404 '{"detail":"File not found"}'
    fi
    printf -- '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n\377\376\r\n--b--\r\n' >"$WORK/binary"
    call POST /api/files "@$WORK/binary" -H "$multipart"
    check 'neither image nor text' 415 '"detail":'
    call POST /api/files "$(part picture a.txt text)" -H "$multipart"
    check 'a part of another name' 422 '"loc":["body","file"]'
    call POST /api/files '{}'
    check 'no upload at all' 415 'Content-Type must be multipart/form-data'
    call POST /api/chat/stream '{"message":"Hi","model_name":"tiny","files":[99999999]}'
    check 'a question can only have files that are there' 404 '{"detail":"File not found"}'
    call POST /api/chat/stream '{"message":"Hi","model_name":"tiny","images":["no base64!"]}'
    check 'an image has to be base64' 422 '"loc":["body","images",0]'
    call POST /api/chat/stream '{"message":"Hi","model_name":"tiny","images":["dGV4dA=="]}'
    check 'and an image' 415 'An image must be PNG, JPEG, WebP or GIF'
    call DELETE "/api/files/$id"
    check 'it is deleted' 200 "\"file_id\":$id"
    call GET "/api/files/$id"
    check 'and gone' 404 '{"detail":"File not found"}'
}

test_chat() {
    begin 'Chat'
    local id answer
    as '' POST /api/chat/stream '{"message":"Hi","model_name":"tiny"}'
    check 'only for those with a key' 401
    call POST /api/chat/stream '{"message":"","model_name":"tiny"}'
    check 'a message says something' 422 '"loc":["body","message"]'
    call POST /api/chat/stream '{"message":"Hi","model_name":"tiny","temperature":2.1}'
    check 'a temperature has its limits' 422 '"loc":["body","temperature"]'
    call POST /api/chat/stream '{"message":"Hi","model_name":"tiny","options":{"temprature":1}}'
    check 'an option has to be one' 422 '"loc":["body","options","temprature"]'
    call POST /api/chat/stream '{"message":"Hi","model_name":"tiny","think":"hard"}'
    check 'thinking has its words' 422 '"loc":["body","think"]'
    call POST /api/chat/stream '{"message":"Hi","conversation_id":99999999}'
    check 'a conversation has to be there' 404 '{"detail":"Conversation not found"}'

    call POST /api/chat/stream '{"message":"Hello, who are you?","model_name":"no-such-model-of-test_api"}'
    check 'an answer that fails' 200 'event: conversation_created' 'event: message_created' 'event: error'
    remember "$(number_of conversation_id)"
    check_not 'is not done' 'event: done'
    if [[ -z "$OLLAMA" ]]; then
        check 'the error says that Ollama is away' 200 'Ollama service is not running or unreachable'
        return
    fi
    check 'the error names the model' 200 "Model 'no-such-model-of-test_api' not found"

    call POST /api/chat/stream "{\"message\":\"Say hello in one word.\",\"model_name\":\"$MODEL\"}"
    id="$(number_of conversation_id)"
    remember "$id"
    check "$MODEL answers piece by piece" 200 '"role":"user"' 'event: token' 'data: {"content":' '"tokens_used":'
    check_header 'as a stream of events' 'Content-Type: text/event-stream'
    check_order 'in the order of the contract' conversation_created message_created token done
    answer="$(number_of answer_id)"
    call GET "/api/chat/stream/$answer"
    check 'it can be followed again' 200 'id: ' 'event: token' 'event: done'
    call POST "/api/chat/stream/$answer/ticket"
    check 'with a ticket too' 200 '"ticket":"' '"expires_at":"'
    as '' GET "/api/chat/stream/$answer?ticket=$(text_of ticket)"
    check 'which opens this one stream' 200 'event: done'
    as '' GET "/api/chat/stream/$answer?ticket=0.0.0"
    check 'if it is a good one' 401
    call GET "/api/messages/$answer/context"
    check 'what the model was given is kept' 200 "\"message_id\":$answer" '"messages_sent":1' '"message_ids":['
    call POST "/api/chat/$answer/stop"
    check 'stopping what has ended changes nothing' 200 '"status":"complete"'
    call POST /api/chat/stream "{\"conversation_id\":$id,\"continue\":true}"
    check 'nor can it go on' 409 '"detail":'
    call POST /api/chat/stream "{\"conversation_id\":$id,\"regenerate\":true}"
    check 'but it can be made again' 200 'event: message_created' 'event: done'
    call GET "/api/conversations/$id"
    check 'question and answer are kept' 200 '"title":"Say hello in one word."' '"message_count":2' '"role":"user"' \
        '"role":"assistant"' '"status":"complete"'

    call POST /api/chat/stream "{\"message\":\"And again.\",\"conversation_id\":$id,\"stream\":false}"
    check 'the conversation goes on, whole answers too' 200 "\"conversation_id\":$id" '"message_id":' '"content":"' '"tokens_used":'
    call GET "/api/conversations/$id"
    check 'and is four messages long' 200 '"message_count":4'
    if [[ -n "$STRANGERS_KEY" ]]; then
        as "$STRANGERS_KEY" POST /api/chat/stream "{\"message\":\"Hi\",\"conversation_id\":$id}"
        check 'a stranger cannot join in' 404 '{"detail":"Conversation not found"}'
    fi
}

test_search() {
    begin 'Search'
    if [[ -z "$OLLAMA" ]]; then say 'Ollama is away: there is no message to be found'; fi
    local id word="Zebra-Ärger-$$"
    call POST /api/export/conversations/import "{\"model_name\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"So viel $word heute\"}]}"
    id="$(number_of conversation_id)"
    remember "$id"
    # The search has a message a moment after it was written.
    for _ in {1..50}; do
        call POST /api/chat/search "{\"query\":\"zebra-äRGER-$$\"}"
        if [[ "$BODY" != '[]' ]]; then break; fi
        sleep 0.1
    done
    check 'a message is found by a part of it in any case' 200 "\"conversation_id\":$id" "\"snippet\":\"So viel $word heute\""
    call POST /api/chat/search "{\"query\":\"Ä\",\"conversation_id\":$id,\"limit\":1}"
    check 'by a single character too' 200 "\"conversation_id\":$id"
    call POST /api/chat/search "{\"query\":\"\\\" OR * NEAR($$\"}"
    check 'what looks like a query finds itself or nothing' 200 '[]'
    call POST /api/chat/search "{\"query\":\"ZEBRA-Ärger-$$ -giraffe\",\"mode\":\"words\",\"role\":\"user\",\"limit\":1}"
    check 'and words of it, without others' 200 '"items":[{' '"next_cursor":'
    call GET '/api/usage?from=2020-01-01&group_by=model&page_size=1'
    check 'what answers cost is summed' 200 '"items":[' '"has_more":'
    call GET '/api/usage?group_by=weather'
    check 'by a few things only' 422 '"loc":["query","group_by"]'
    call POST /api/chat/search '{"query":"a","cursor":"no"}'
    check 'a cursor comes from an answer' 422 '"loc":["body","cursor"]'
    call POST /api/chat/search '{"query":""}'
    check 'nothing is no query' 422 '"loc":["body","query"]'
    call POST /api/chat/search '{"query":"a","limit":51}'
    check 'at most fifty are shown' 422 '"loc":["body","limit"]'
    call POST /api/chat/search '{"query":"a","conversation_id":99999999}'
    check 'only in a conversation that is there' 404 '{"detail":"Conversation not found"}'
    as '' POST /api/chat/search '{"query":"a"}'
    check 'only for those with a key' 401
}

test_prompts() {
    local prompt
    begin 'Prompts'
    call GET /api/prompts/templates
    check 'there are fifteen templates' 200 '"total":15' '"id":"default"' '"category":"programming"'
    call POST /api/prompts '{"name":"Translate","content":"Into {{language}}:","category":"writing"}'
    check 'prompts of one'"'"'s own are kept' 201 '"name":"Translate"' '"content":"Into {{language}}:"' '"category":"writing"'
    prompt="$(number_of id)"
    call PATCH "/api/prompts/$prompt" '{"category":null}'
    check 'and changed' 200 '"category":null' '"name":"Translate"'
    call GET '/api/prompts?page_size=100'
    check 'and listed' 200 "\"id\":$prompt,"
    call POST /api/prompts '{"name":" ","content":""}'
    check 'but not without a name and a text' 422 '"loc":["body","name"]' '"loc":["body","content"]'
    as '' GET "/api/prompts/$prompt"
    check 'for nobody else' 401
    call DELETE "/api/prompts/$prompt"
    check 'and deleted' 200 "\"prompt_id\":$prompt"
    call GET "/api/prompts/$prompt"
    check 'after which they are gone' 404 '{"detail":"Prompt not found"}'
    call POST /api/conversations '{"model_name":"tiny","system_prompt":"a<|im_start|>b[INST]"}'
    remember "$(number_of id)"
    check 'a system prompt cannot open a turn' 201 '"system_prompt":"ab"'
}

test_export() {
    begin 'Export and import'
    local id
    call POST /api/export/conversations/import '{"title":"Moved in","model_name":"tiny","messages":[
        {"role":"user","content":"<b>Hi</b> `<b>`","created_at":"2025-01-02T03:04:05"},{"role":"assistant","content":"Hello","tokens_used":1}]}'
    check 'a conversation is imported' 200 '"message":"Successfully imported conversation with 2 messages"' '"imported_messages":2'
    id="$(number_of conversation_id)"
    remember "$id"
    call GET "/api/export/conversations/$id/json"
    check 'and exported with the same messages' 200 '"title":"Moved in"' '&lt;b&gt;Hi&lt;/b&gt; `<b>`' \
        '"created_at":"2025-01-02T03:04:05.000Z"' '"export_version":"1.0"'
    check_header 'as a file' "Content-Disposition: attachment; filename=\"conversation_$id.json\""
    cp "$WORK/body" "$WORK/export"
    call POST /api/export/conversations/import "@$WORK/export"
    remember "$(number_of conversation_id)"
    check 'an export can be imported' 200 '"imported_messages":2'
    call GET "/api/export/conversations/$id/markdown"
    check 'it can be read as Markdown' 200 '# Moved in' 'Hello'
    check_header 'as a file too' 'Content-Type: text/markdown; *charset=utf-8'
    call POST /api/export/conversations/import '{"model_name":"tiny","messages":[{"role":"robot","content":"Hi"}]}'
    check 'a role nobody has is refused' 422 '"loc":["body","messages",0,"role"]'
    call GET /api/export/all 2>/dev/null # the shell warns of bytes that are no text
    check 'everything can be taken along as a zip' 200 'manifest.json'
    call GET /api/export/conversations/99999999/json
    check 'what is not there is not exported' 404 '{"detail":"Conversation not found"}'
}

test_import() {
    begin 'Import'
    local id multipart='Content-Type: multipart/form-data; boundary=b' sessions
    part() { printf -- '--b\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n%s\r\n--b--' "$@"; }
    sessions='[{"id":"test_api 1","title":"Brought along","model":"tiny","messages":[{"role":"user","content":"Hello"}]}]'
    as '' POST /api/import "$(part file sessions.json "$sessions")" -H "$multipart"
    check 'only for those with a key' 401
    call POST /api/import "$(part file sessions.json "$sessions")" -H "$multipart"
    check 'a file is taken in' 202 '"id":'
    id="$(number_of id)"
    await_import "$id"
    check 'its conversation is there' 200 '"status":"done"' '"source":"hollama"' '"result":"imported"' '"title":"Brought along"'
    remember "$(number_of conversation_id)"
    call POST /api/import "$(part file sessions.json "$sessions")" -H "$multipart"
    await_import "$(number_of id)"
    check 'and comes once' 200 '"result":"unchanged"'
    call GET '/api/import?page_size=1'
    check 'imports are listed' 200 '"imports":[{"id":'
    call DELETE "/api/import/$id"
    check 'what has ended is not cancelled' 200 '"status":"done"'
    call GET /api/import/99999999
    check 'no import' 404 '{"detail":"Import not found"}'
    call POST /api/import '{}'
    check 'no upload at all' 415 'Content-Type must be multipart/form-data'
}

# Waits until an import is at its end, for 30 seconds at most.
await_import() {
    local tries
    for tries in {1..60}; do
        call GET "/api/import/$1"
        if ! has '"finished_at":null'; then return; fi
        sleep 0.5
    done
}

test_docs() {
    begin 'API description'
    local page
    for page in /docs /redoc; do
        as '' GET "$page"
        check "$page is a page" 200 '<html'
    done
    as '' GET /openapi.json
    check 'the document says what there is' 200 '"openapi":"3.1' '"/api/chat/stream"'
}

test_cors() {
    begin 'Other origins'
    as '' OPTIONS /api/config/get '' -H 'Origin: http://localhost:5173' -H 'Access-Control-Request-Method: PUT'
    check 'a page may ask before it sends' 204
    if grep -qi '^Access-Control-Allow-Origin: http://localhost:5173' "$WORK/headers"; then
        as '' GET /api/config/get '' -H 'Origin: http://localhost:5173'
        check_header 'and read errors too' 'Access-Control-Allow-Origin: http://localhost:5173'
    else
        say 'this server does not let http://localhost:5173 in'
    fi
    as '' GET /health '' -H 'Origin: http://evil.example'
    if grep -qi '^Access-Control-Allow-Origin' "$WORK/headers"; then failed 'others may not' 'allowed'; else passed 'others may not'; fi
    check_header 'types are not guessed' 'X-Content-Type-Options: nosniff'
}

test_accounts() {
    begin 'Accounts'
    local email="test-api-$$-$RANDOM@example.org" access refresh key key_id
    call GET /api/v1/health
    check 'it tells what it needs' 200 '"status":"healthy"' '"db":"ok"' '"redis":"' '"ollama":'
    as '' POST /api/v1/auth/register '{"email":"nobody","password":"weak","display_name":""}'
    check 'an account needs an e-mail, a password and a name' 422 '"loc":["body","email"]' '"status_code":422'
    as '' POST /api/v1/auth/register "{\"email\":\"$email\",\"password\":\"Correct horse 1\",\"display_name\":\"Test\"}"
    if [[ "$STATUS" == 403 ]]; then say 'registration is closed: accounts by e-mail are not checked'; return; fi
    check 'somebody registers' 201 '"token_type":"bearer"' '"expires_in":' "\"email\":\"$email\""
    as '' POST /api/v1/auth/register "{\"email\":\"$email\",\"password\":\"Correct horse 1\",\"display_name\":\"Test\"}"
    check 'but not twice' 409 '"status_code":409'
    as '' POST /api/v1/auth/login "{\"email\":\"$email\",\"password\":\"Wrong horse 1\"}"
    check 'a wrong password is one' 401 '{"detail":"Invalid email or password","status_code":401}'
    as '' POST /api/v1/auth/login "{\"email\":\"$email\",\"password\":\"Correct horse 1\"}"
    check 'the right one signs in' 200 '"access_token":"' '"refresh_token":"'
    refresh="$(text_of refresh_token)"
    as '' POST /api/v1/auth/refresh "{\"refresh_token\":\"$refresh\"}"
    check 'tokens are renewed' 200 '"access_token":"'
    access="$(text_of access_token)"
    as "$access" GET /api/config/get
    check 'an access token opens the other family' 200 '"user_id":'
    as "$access" PATCH /api/v1/users/me '{"timezone":"Europe/Berlin"}'
    check 'an account has a time zone' 200 '"timezone":"Europe/Berlin"'
    as "$access" PATCH /api/v1/users/me "{\"email\":\"other-$email\"}"
    check 'another address asks for the password' 422 '"loc":["body","current_password"]'
    as "$access" GET /api/v1/users/
    check 'others are not listed' 200 '"items":[' '"total":1'
    as "$access" POST /api/v1/users/me/api-keys '{"name":"test","expires_in_days":1}'
    check 'a key is made' 201 '"api_key":"owg_'
    key="$(text_of api_key)" key_id="$(number_of id)"
    as "$key" GET /api/v1/users/me
    check 'and opens the account' 200 "\"email\":\"$email\""
    as "$access" POST /api/v1/users/me/api-keys '{"name":"looking","expires_in_days":1,"scopes":["read"]}'
    check 'another one only looks' 201 '"scopes":["read"]'
    as "$(text_of api_key)" POST /api/v1/tasks '{"title":"test"}'
    check 'and changes nothing' 403 'This key may not'
    as "$access" POST /api/v1/users/me/api-keys '{"name":"few","expires_in_days":1,"requests_per_minute":5,"tokens_per_day":1000}'
    check 'a third one has limits' 201 '"requests_per_minute":5' '"tokens_per_day":1000'
    as "$(text_of api_key)" GET /api/v1/users/me
    check_header 'and is told what is left' 'RateLimit: "key";r=4;t='
    check_header 'of how much' 'RateLimit-Policy: "key";q=5;w=60'
    as "$access" POST /api/v1/users/me/api-keys '{"name":"test","scopes":["everything"]}'
    check 'a scope that there is not is refused' 422 '"loc":["body","scopes"]'
    as "$access" DELETE "/api/v1/users/me/api-keys/$key_id"
    check 'a key is revoked' 200
    as "$key" GET /api/v1/users/me
    check 'at once' 401 '"status_code":401'
    as '' POST /api/v1/auth/refresh "{\"refresh_token\":\"$refresh\"}"
    check 'a refresh token works once' 401
    as "$access" GET /api/v1/users/me
    check 'a second use ends its session' 401
    as '' POST /api/v1/auth/login "{\"email\":\"$email\",\"password\":\"Correct horse 1\"}"
    access="$(text_of access_token)"
    test_session_cookie "$email"
    as "$access" PATCH /api/v1/users/999999999 '{"disabled":true}'
    check 'to others than admins there are no other accounts' 404 '"status_code":404'
    as "$access" DELETE /api/v1/users/999999999
    check 'none to delete' 404
    as "$access" POST /api/v1/users/999999999/password-reset
    check 'and none to help with a password' 404
    as "$access" GET /api/v1/admin/audit
    check 'the audit log is for admins' 403 'Only admins may do this'
    as '' POST /api/v1/auth/password-reset '{"token":"none","password":"Correct horse 2"}'
    check 'a link that nobody made sets no password' 401 '"status_code":401'
    as "$access" DELETE /api/v1/users/me
    check 'an account is deleted' 200
    as "$access" GET /api/v1/users/me
    check 'with all that opens it' 401
}

# test_session_cookie EMAIL: what the page does, signed in by a cookie.
test_session_cookie() {
    local cookie
    as '' GET /api/v1/auth/session
    check 'nobody is signed in without a cookie' 200 '"user":null' '"first_start":false' '"registration_open":'
    as '' POST /api/v1/auth/session "{\"email\":\"$1\",\"password\":\"Correct horse 1\"}"
    check 'the page signs in' 200 "\"email\":\"$1\"" '"expires_at":"'
    check_header 'by a cookie that no script reads' 'Set-Cookie: ollama_web=.*HttpOnly; SameSite=Strict'
    cookie="$(sed -n 's/^[Ss]et-[Cc]ookie: \(ollama_web=[^;]*\).*/\1/p' "$WORK/headers")"
    as '' GET /api/config/get '' -H "Cookie: $cookie" -H 'Sec-Fetch-Site: same-origin'
    check 'which opens what is its own' 200 '"user_id":'
    as '' DELETE /api/v1/users/me '' -H "Cookie: $cookie" -H 'Sec-Fetch-Site: cross-site'
    check 'but not to other pages' 403 '"status_code":403'
    as '' DELETE /api/v1/auth/session '' -H "Cookie: $cookie" -H 'Sec-Fetch-Site: same-origin'
    check 'the page signs out' 200
    as '' GET /api/config/get '' -H "Cookie: $cookie" -H 'Sec-Fetch-Site: same-origin'
    check 'and the cookie opens nothing' 401
    as '' POST /api/v1/auth/session/register "{\"email\":\"$1\",\"password\":\"Correct horse 1\",\"display_name\":\"Test\"}"
    check 'an address has one account on the page too' 409
}

test_tasks_and_goals() {
    begin 'Tasks and goals'
    local goal task child yesterday again next reminder
    yesterday="$(date -u -d yesterday +%F 2>/dev/null || date -u -v-1d +%F)"
    call POST /api/v1/goals/ '{"title":"Run a marathon","target_date":"2030-05-01"}'
    check 'a goal is set' 201 '"status":"active"' '"progress":0'
    goal="$(number_of id)"
    call POST /api/v1/tasks/ "{\"title\":\"Buy shoes\",\"goal_id\":$goal,\"tags\":[\"test-api-$$\"],\"priority\":\"high\"}"
    check 'a task is made' 201 '"status":"open"' '"priority":"high"' "\"goal_id\":$goal"
    task="$(number_of id)"
    call POST /api/v1/tasks/ "{\"title\":\"Compare shoes\",\"parent_id\":$task}"
    child="$(number_of id)"
    check 'and one below it' 201 "\"parent_id\":$task"
    call PATCH "/api/v1/tasks/$task" "{\"parent_id\":$child}"
    check 'but none above itself' 422 '"loc":["body","parent_id"]'
    call GET "/api/v1/tasks/?tag=test-api-$$&status=open"
    check 'it is found by its tag' 200 "\"id\":$task" '"total":1'
    call PUT "/api/v1/tasks/$task" "{\"due_date\":\"$yesterday\"}"
    check 'it is changed' 200 "\"due_date\":\"$yesterday"
    call GET '/api/v1/tasks/today?page_size=100'
    check 'what is overdue is for today' 200 "\"id\":$task"
    call POST "/api/v1/tasks/$task/reminders" '{"minutes_before":30}'
    check 'it can be reminded of' 201 '"minutes_before":30' '"sent_at":null'
    reminder="$(number_of id)"
    call GET "/api/v1/tasks/$task/reminders"
    check 'its reminders are listed' 200 "\"id\":$reminder"
    call POST "/api/v1/tasks/$task/reminders" '{}'
    check 'a reminder needs a time' 422 '"loc":["body","remind_at"]'
    call DELETE "/api/v1/tasks/$task/reminders/$reminder"
    check 'a reminder is deleted' 200
    call GET '/api/v1/events?last_event_id=x'
    check 'events are followed from a number on' 422
    call POST "/api/v1/tasks/$task/complete"
    check 'it is completed' 200 '"status":"done"' '"completed_at":"'
    call POST "/api/v1/tasks/$task/complete"
    check 'once' 409 '"status_code":409'
    call POST /api/v1/tasks/ '{"title":"Water the plants","due_date":"2030-01-31","recurrence":"FREQ=SECONDLY"}'
    check 'a task comes again by days only' 422 '"loc":["body","recurrence"]'
    call POST /api/v1/tasks/ "{\"title\":\"Water the plants\",\"due_date\":\"2030-01-31\",\"recurrence\":\"FREQ=MONTHLY\",\"tags\":[\"again-$$\"]}"
    again="$(number_of id)"
    call POST "/api/v1/tasks/$again/complete"
    call GET "/api/v1/tasks/?tag=again-$$&status=open"
    check 'when it is done there is a next one' 200 "\"previous_id\":$again" '"due_date":"2030-03-31'
    next="$(number_of id)"
    call DELETE "/api/v1/tasks/$next"
    call DELETE "/api/v1/tasks/$again"
    call GET "/api/v1/goals/$goal"
    check 'that is progress' 200 '"progress":1'
    call GET /api/v1/tasks/abc
    check 'an id that is no integer is refused' 422 '"loc":["path","id"]'
    if [[ -n "$STRANGERS_KEY" ]]; then
        as "$STRANGERS_KEY" GET "/api/v1/tasks/$task"
        check 'a stranger does not find it' 404 '"detail":"Task not found"'
    fi
    call DELETE "/api/v1/goals/$goal"
    check 'the goal is deleted' 200
    call GET "/api/v1/tasks/$task"
    check 'its task stays' 200 '"goal_id":null'
    call DELETE "/api/v1/tasks/$task"
    check 'until it is deleted' 200
    call GET "/api/v1/tasks/$child"
    check 'with those below it' 404 '"detail":"Task not found"'
}

test_calendar() {
    begin 'Calendar'
    local token task
    call POST /api/v1/tasks/ "{\"title\":\"Dentist $$\",\"due_date\":\"2030-03-01T10:00:00Z\",\"recurrence\":\"FREQ=YEARLY\"}"
    task="$(number_of id)"
    call POST /api/v1/calendar/token
    check 'a link to the calendar is made' 201 '"url":"/api/v1/calendar.ics'
    token="$(grep -o '"token":"[^"]*"' "$WORK/body" | cut -d '"' -f 4)"
    as '' GET "/api/v1/calendar.ics?token=$token"
    check 'a calendar program reads it' 200 'BEGIN:VCALENDAR' "SUMMARY:Dentist $$" 'RRULE:FREQ=YEARLY'
    as '' GET '/api/v1/calendar.ics?token=guessed'
    check 'but not with another token' 404 '"detail":"Calendar not found"'
    call DELETE /api/v1/calendar/token
    check 'the link is ended' 200 '"removed":true'
    as '' GET "/api/v1/calendar.ics?token=$token"
    check 'and opens nothing' 404
    call DELETE "/api/v1/tasks/$task"
}

test_insights() {
    begin 'Insights'
    local id
    call POST /api/config/save '{"settings":{"insights.daily":"25:00"}}'
    check 'they come by themselves at a time of day' 422 'insights.daily'
    call POST /api/v1/insights/ '{"kind":"horoscope"}'
    check 'there are three kinds' 422 '"loc":["body","kind"]'
    call POST /api/v1/insights/ '{"kind":"goal_review","model_name":"tiny"}'
    check 'a review needs a goal' 422 '"loc":["body","goal_id"]'
    call POST /api/v1/insights/ "{\"kind\":\"daily_summary\",\"model_name\":\"${MODEL:-tiny}\"}"
    check 'one is written in the background' 202 '"kind":"daily_summary"' '"status":"'
    check_header 'and can be found where it says' 'Location: /api/v1/insights/[0-9]'
    id="$(number_of id)"
    call GET "/api/v1/insights/$id"
    check 'it tells how far it is' 200 "\"id\":$id" '"sources":['
    call GET '/api/v1/insights/?kind=daily_summary'
    check 'it is listed' 200 "\"id\":$id"
    call DELETE "/api/v1/insights/$id"
    check 'it is deleted' 200
    call GET "/api/v1/insights/$id"
    check 'and gone' 404 '"detail":"Insight not found"'
}

# ---------------------------------------------------------------------------------------------------- the tools

# call METHOD PATH [BODY [CURL-OPTION...]]: asks with our key; the answer is in STATUS, BODY and $WORK/headers.
call() {
    as "$KEY" "$@"
}

# as KEY METHOD PATH [BODY [CURL-OPTION...]]: the same with another key, or with none.
as() {
    local key="$1" method="$2" path="$3"
    shift 3
    local options=(-sS --max-time 300 -X "$method" -D "$WORK/headers" -o "$WORK/body" -w '%{http_code}')
    [[ -z "$key" ]] || options+=(-H "Authorization: Bearer $key")
    if (($# > 0)); then
        options+=(--data-binary "$1")
        shift
        [[ "$*" == *Content-Type* ]] || options+=(-H 'Content-Type: application/json')
    fi
    : >"$WORK/headers" && : >"$WORK/body"
    while :; do
        STATUS="$(curl "${options[@]}" "$@" "$BASE_URL$path" 2>"$WORK/curl")" || STATUS="curl: $(cat "$WORK/curl")"
        # The walk may be quicker than the server's limit of requests allows.
        [[ "$STATUS" == 429 ]] && has 'Too many requests' || break
        sleep "$(sed -n 's/^[Rr]etry-[Aa]fter: \([0-9]*\).*/\1/p' "$WORK/headers")"
    done
    BODY="$(cat "$WORK/body")"
}

# check NAME STATUS [TEXT...]: the answer had this status, and each of these texts in its body.
check() {
    local name="$1" status="$2" text
    shift 2
    [[ "$STATUS" == "$status" ]] || { failed "$name" "status $STATUS instead of $status"; return; }
    for text in "$@"; do
        has "$text" || { failed "$name" "without $text"; return; }
    done
    passed "$name"
}

check_not() {
    if has "$2"; then failed "$1" "with $2"; else passed "$1"; fi
}

# check_header NAME PATTERN: one line of the answer's head is like this, in whatever case.
check_header() {
    if grep -qi "^$2" "$WORK/headers"; then passed "$1"; else failed "$1" "no header $2"; fi
}

# check_order NAME EVENT...: the events of the stream, each counted once where it repeats, are these.
check_order() {
    local name="$1" events
    shift
    events="$(sed -n 's/^event: //p' "$WORK/body" | uniq | tr '\n' ' ')"
    if [[ "$events" == "$* " ]]; then passed "$name"; else failed "$name" "events $events"; fi
}

has() {
    grep -qF -- "$1" "$WORK/body"
}

# text_of and number_of NAME: the first member of that name in the answer.
text_of() {
    grep -o "\"$1\":\"[^\"]*\"" "$WORK/body" | head -n 1 | cut -d '"' -f 4 || true
}

number_of() {
    grep -o "\"$1\":[0-9]*" "$WORK/body" | head -n 1 | cut -d : -f 2 || true
}

percent_encoded() {
    printf '%s' "$1" | sed 's/%/%25/g; s/ /%20/g; s/:/%3A/g; s|/|%2F|g'
}

remember() {
    CONVERSATIONS="$CONVERSATIONS $1"
}

begin() {
    printf '\n%s\n' "$1"
}

say() {
    printf 'note  %s\n' "$1"
}

passed() {
    PASSED=$((PASSED + 1))
    printf 'ok    %s\n' "$1"
}

failed() {
    FAILED=$((FAILED + 1))
    printf 'FAIL  %s: %s\n' "$1" "$2"
    printf '%.400s\n' "$BODY" | sed 's/^/      /; s/owg_[A-Za-z0-9_-]*/owg_…/g'
}

die() {
    printf 'test_api.sh: %s\n' "$1" >&2
    exit 1
}

report() {
    printf '\n%d passed, %d failed\n' "$PASSED" "$FAILED"
    ((FAILED == 0))
}

clean_up() {
    local id
    for id in $CONVERSATIONS; do
        as "$KEY" DELETE "/api/conversations/$id" || true
    done
    rm -rf "$WORK"
}

main "$@"
