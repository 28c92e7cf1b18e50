<#ftl output_format="plainText">
<#-- The text part. Write logical lines: they are wrapped at 72 columns afterwards. -->
<#macro heading words>

${words?upper_case}
${""?left_pad([words?length, 72]?min, "=")}

</#macro>
<#macro full item>

- ${item.date}<#if item.left?has_content> (${item.left})</#if> · ${item.kind}
  ${item.title}<#if item.object?has_content> ${item.object}</#if>
<#list [item.facts, item.change, item.doubt, item.also, item.why]?filter(line -> line?has_content) as line>
  ${line}
</#list>
<@link item/>
</#macro>
<#macro brief item>
- ${item.date}<#if item.mark?has_content> (${item.mark})</#if> · ${item.title}
<@link item/>
</#macro>
<#macro link item>
<#if item.link?has_content>
  ${item.link}
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
<#if unsubscribe?has_content>
${words["unsubscribe"]}
${unsubscribe}
</#if>
