<#ftl output_format="plainText">
<#-- The text part. Write logical lines: they are wrapped at 72 columns afterwards. -->
<#macro heading words>

${words?upper_case}
${""?left_pad([words?length, 72]?min, "=")}

</#macro>
<#macro full item>

<@bullet item/> <@item.same part="text${(item.number!'')?length}">${item.date}<#if item.left?has_content> (${item.left})</#if> · ${item.kind}<#if item.picked?has_content> · ${item.picked}</#if>
<@indent item/>${item.title}<#if item.object?has_content> ${item.object}</#if>
<#list [item.facts, item.change, item.doubt, item.also, item.why, item.note, item.regard]?filter(line -> line?has_content) as line>
<@indent item/>${line}
</#list>
<@link item/></@item.same>
</#macro>
<#macro brief item>
<@bullet item/> ${item.date}<#if item.mark?has_content> (${item.mark})</#if> · ${item.title}
<@link item/>
</#macro>
<#macro bullet item><#if item.number?has_content>${item.number}.<#else>-</#if></#macro>
<#macro indent item>${""?left_pad((item.number!"")?length + 1)}<#if !item.number?has_content> </#if><#if item.number?has_content> </#if></#macro>
<#macro link item>
<#if item.link?has_content>
<@indent item/>${item.link}
</#if>
</#macro>
${brand}

${intro}
<#list blocks as block>
<@heading block.heading/>
<#list block.items as item>
<#if item.full><@full item/><#else><@brief item/></#if>
</#list>
<#list block.silent as source>
- ${source.name}<#if source.message?has_content>, ${source.message}</#if>
<@link source/>
</#list>
<#if block.more?has_content>
- ${block.more}
</#if>
</#list>

--
<#if help?has_content>
${help}
</#if>
<#if footer?has_content>
${footer}
</#if>
<#if answering?has_content>
${answering}
</#if>
<#if reference?has_content>
${reference}
</#if>
<#if unsubscribe?has_content>
${words["unsubscribe"]}
${unsubscribe}
</#if>
